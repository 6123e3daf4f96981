using System.Runtime.Intrinsics.X86;

namespace NetGen.Benchmarks.Machine;

/// <summary>The vector width that generated code uses in this process.</summary>
internal static class InstructionSet
{
    /// <summary>512, 256 or 128 bits.</summary>
    public static int Bits => Avx512F.IsSupported ? 512 : Avx2.IsSupported && Fma.IsSupported ? 256 : 128;

    /// <summary>The environment that makes a new process use at most a width.</summary>
    /// <param name="bits">512, 256 or 128.</param>
    public static IEnumerable<KeyValuePair<string, string>> EnvironmentFor(int bits)
    {
        if (bits < 512)
        {
            // The name of .NET 10 and the one of .NET 9.
            yield return new("DOTNET_EnableAVX512", "0");
            yield return new("DOTNET_EnableAVX512F", "0");
        }

        if (bits < 256)
            yield return new("DOTNET_EnableAVX2", "0");
    }
}
