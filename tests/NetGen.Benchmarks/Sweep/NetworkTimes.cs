namespace NetGen.Benchmarks.Sweep;

/// <summary>How long something took, and how long it could have taken at best.</summary>
/// <param name="Seconds">The shortest of the repetitions.</param>
/// <param name="Floor">The least time for its operations and bytes.</param>
/// <param name="Bound">What the floor is bound by.</param>
/// <param name="Onnx">ONNX Runtime's shortest; null where it was not asked.</param>
internal readonly record struct CaseTime(double Seconds, double Floor, string Bound, double? Onnx)
{
    /// <summary>Times the floor.</summary>
    public double OfFloor => Seconds / Floor;

    /// <summary>Times ONNX Runtime.</summary>
    public double? OfOnnx => Seconds / Onnx;
}

/// <summary>What was measured of a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="One">Prediction of a sample.</param>
/// <param name="Batch">Prediction of a batch.</param>
/// <param name="Step">A training step.</param>
internal sealed record NetworkTimes(DrawnNetwork Network, CaseTime One, CaseTime Batch, CaseTime Step)
{
    /// <summary>What differs from ONNX Runtime's outputs, if anything.</summary>
    public string? Difference { get; init; }
}
