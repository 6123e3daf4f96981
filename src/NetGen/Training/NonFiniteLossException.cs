namespace NetGen;

/// <summary>
/// Training came to a loss or gradient that is infinite or not a number. The parameters are as they were before that step.
/// </summary>
public sealed class NonFiniteLossException : ArithmeticException
{
    internal NonFiniteLossException(string message, long step, float loss, string? tensor) : base(message)
    {
        Step = step;
        Loss = loss;
        Tensor = tensor;
    }

    internal NonFiniteLossException(NonFiniteLossException cause, int epoch, int batch)
        : base($"In epoch {epoch}, batch {batch}: {cause.Message}", cause)
    {
        Step = cause.Step;
        Loss = cause.Loss;
        Tensor = cause.Tensor;
        Epoch = epoch;
    }

    /// <summary>The step, counted from 1 over the trainer's life.</summary>
    public long Step { get; }

    /// <summary>The epoch, counted from 1, if <c>Fit</c> was running.</summary>
    public int? Epoch { get; }

    /// <summary>The loss of the step, before its update.</summary>
    public float Loss { get; }

    /// <summary>
    /// The first parameter tensor whose values or, if all values are finite, whose gradient is not finite; null if there is none.
    /// </summary>
    public string? Tensor { get; }
}
