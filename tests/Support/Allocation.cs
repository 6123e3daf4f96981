namespace NetGen.Testing;

/// <summary>That code allocates nothing.</summary>
internal static class Allocation
{
    /// <summary>Fails unless <paramref name="work"/>, once warm, allocates nothing.</summary>
    /// <remarks>
    /// The runtime allocates on the thread of its caller too, where it compiles a method anew, loads a type or begins a static class, and it may do
    /// so at any call. What the code itself allocates, it allocates every time: the least of several times is the code's own.
    /// </remarks>
    /// <param name="work">What is done again and again.</param>
    /// <param name="allocated">What another thread has allocated so far, where that is asked about.</param>
    internal static void None(Action work, Func<long>? allocated = null)
    {
        Func<long> count = allocated ?? GC.GetAllocatedBytesForCurrentThread;
        for (int warmth = 0; warmth < 3; warmth++)
            work();
        long least = long.MaxValue;
        for (int time = 0; time < 5 && least > 0; time++)
        {
            long before = count();
            work();
            least = Math.Min(least, count() - before);
        }

        Assert.Equal(0, least);
    }
}
