namespace NetGen.Generators.Expressions;

// Which vectors a processor takes.
internal abstract partial class VectorDialect
{
    /// <summary>The condition under which 32 registers are there.</summary>
    public const string Has32Registers = "Avx512F.IsSupported";

    /// <summary>The same in files that import nothing.</summary>
    public const string Has32RegistersAnywhere = $"global::System.Runtime.Intrinsics.X86.{Has32Registers}";

    /// <summary>The condition under which vectors are no longer than four floats.</summary>
    public const string HasShortVectors = "Vector<float>.Count == 4";

    /// <summary>The type arguments of <see cref="Any"/>, and the condition for the longer one.</summary>
    public static (string Condition, string Long, string Short) TypeArguments => (Has32Registers, "F32x16", "F32xN");

    /// <summary>
    /// The same for code that waits for results more than for arithmetic, and is faster with two registers at a time where they are
    /// short. Not where there are longer ones: the JIT clears a method's stack with the longest, and while those are under way a
    /// processor of two 512-bit units computes shorter ones with one unit of three (28 ns instead of 19 for a network of 16 by 16).
    /// </summary>
    public static (string Condition, string Long, string Short) PairedTypeArguments => (Has32Registers, "F32x16", "F32x2N");

    /// <summary>The type parameter of <see cref="Any"/> and its constraint.</summary>
    public static (string Parameter, string Constraint) TypeParameter => ("<V>", "where V : struct, IVector<V>");

    /// <summary>The condition under which there are 32 registers of four floats, which are 16 pairs.</summary>
    public const string HasPairs = "AdvSimd.Arm64.IsSupported";

    /// <summary>What <see cref="UpToEight"/> stands for: the pairs, or the processor's own vectors.</summary>
    public static (string Pairs, string Own) TypeArgumentsUpToEight => ("F32x2x4, F32x2x4", "F32xN, Vector<float>");

    /// <summary>The type parameters of <see cref="UpToEight"/> and their constraints.</summary>
    public static (string Parameter, string Constraint) TypeParametersUpToEight =>
        ("<V, S>", "where V : struct, ISumVector<V, S> where S : struct");
}
