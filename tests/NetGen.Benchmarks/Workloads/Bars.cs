namespace NetGen.Benchmarks.Workloads;

/// <summary>What is demanded of every row. Where two numbers stand, the second is for processors that take 512 bits in two halves.</summary>
internal static class Bars
{
    public static readonly Bar PerceptronOfOne = new(Floor: new(1.15, 1.06), Peer: 0.65);
    public static readonly Bar PerceptronOfMany = new(Floor: new(1.05, 1.03), Peer: 1.02);
    public static readonly Bar TinyPerceptron = new(Nanoseconds: new(17, 20), Peer: 0.012);
    public static readonly Bar LeNetOfOne = new(Floor: new(1.35, 1.20), Peer: 0.50);
    public static readonly Bar LeNetOfMany = new(Floor: new(1.15, 1.08), Peer: 0.58);
    public static readonly Bar ConvolutionsOfOne = new(Floor: new(0.80, 0.75), Peer: 1.03);
    public static readonly Bar ConvolutionsOfMany = new(Floor: new(0.80, 0.75), Peer: 1.02);
    public static readonly Bar PerceptronWithSgd = new(Floor: new(1.10, 1.06));
    public static readonly Bar PerceptronWithAdam = new(Floor: new(1.15, 1.10));
    public static readonly Bar LeNetWithAdam = new(Floor: new(1.35, 1.20));
    public static readonly Bar Lstm = new(Nanoseconds: new(95, 95), NarrowNanoseconds: 150);
    public static readonly Bar Gru = new(Nanoseconds: new(75, 75));
    public static readonly Bar Separable = new(Floor: new(1.18, 1.10), Peer: 0.92);
    public static readonly Bar ResidualBlock = new(Floor: new(0.90, 0.85));
    public static readonly Bar TrainedResidualBlock = new(Floor: new(1.10, 1.05));
    public static readonly Bar HeadOfOne = new(Peer: 1.0);
    public static readonly Bar HeadOfMany = new(Peer: 0.9);
    public static readonly Bar TrainedMobileBlock = new(Floor: new(1.6, 1.5));
    public static readonly Bar TransformerBlock = new(Floor: new(1.5, 1.5));

    /// <summary>How many times as much two threads do as one, at least.</summary>
    public static readonly Limit TwoThreads = new(1.9, 1.95);

    /// <summary>How many times as long as the traffic alone an update of parameters in main memory takes, at most.</summary>
    public const double Update = 1.3;

    /// <summary>What is left of a bar with shorter vectors than 512 bits.</summary>
    public const double NarrowAllowance = 1.2;
}

/// <summary>A number for each kind of processor.</summary>
/// <param name="FullWidth">With units as wide as the longest vectors.</param>
/// <param name="Halves">With units of 256 bits, whether a vector of 512 goes through them in two halves or there is none.</param>
internal sealed record Limit(double FullWidth, double Halves)
{
    /// <summary>The number for a processor.</summary>
    public double On(Machine.MachineFloor machine) => machine.IsFullWidth ? FullWidth : Halves;
}

/// <summary>What is demanded of a row; null where nothing is.</summary>
/// <param name="Floor">At most this many times the floor.</param>
/// <param name="Peer">At most this many times ONNX Runtime's time.</param>
/// <param name="Nanoseconds">At most this long.</param>
/// <param name="NarrowNanoseconds">At most this long without AVX-512; null where the general allowance is meant.</param>
internal sealed record Bar(Limit? Floor = null, double? Peer = null, Limit? Nanoseconds = null, double? NarrowNanoseconds = null)
{
    /// <summary>Nothing is demanded.</summary>
    public static readonly Bar None = new();
}
