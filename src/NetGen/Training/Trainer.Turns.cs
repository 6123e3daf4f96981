namespace NetGen;

/// <content>Whose turn it is: a trainer is one thread's at a time, and says so to the other before anything goes wrong.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Begins a run that has the trainer to itself until it ends.</summary>
    /// <param name="name">The run's name in messages.</param>
    /// <exception cref="ObjectDisposedException">The trainer was disposed of.</exception>
    /// <exception cref="InvalidOperationException">Another run is going on.</exception>
    private Turn BeginRun(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.CompareExchange(ref _fitting, Environment.CurrentManagedThreadId, 0) != 0)
        {
            throw new InvalidOperationException(
                $"{name} was called while this trainer was training already. Both would change the same parameters: wait for the other call, or make "
                + "a trainer and a model for each.");
        }

        if (AccumulatedCount > 0)
        {
            Volatile.Write(ref _fitting, 0);
            RequireNothingAccumulated();
        }

        return new Turn(ref _fitting);
    }

    /// <summary>Begins the computation of a step; in a run, only the thread of the run may.</summary>
    /// <exception cref="ObjectDisposedException">The trainer was disposed of.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the trainer.</exception>
    private Turn BeginComputation()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int fitting = Volatile.Read(ref _fitting), me = Environment.CurrentManagedThreadId;
        if ((fitting != 0 && fitting != me) || Interlocked.CompareExchange(ref _computing, me, 0) != 0)
        {
            if (fitting == 0 && Volatile.Read(ref _computing) == me)
            {
                throw new InvalidOperationException(
                    "A step was asked for by the loss that a step of this same trainer is waiting for; use another trainer there.");
            }

            throw new InvalidOperationException(
                "A step was asked for while another thread was using this trainer; a trainer is used by one thread at a time.");
        }

        return new Turn(ref _computing);
    }

    /// <summary>A turn that ends when it is disposed of.</summary>
    private readonly ref struct Turn(ref int taken)
    {
        private readonly ref int _taken = ref taken;

        public void Dispose() => Volatile.Write(ref _taken, 0);
    }
}
