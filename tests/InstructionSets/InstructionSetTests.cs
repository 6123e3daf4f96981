using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Tests.InstructionSets;

/// <summary>
/// Proves that the processes started without an instruction set, or with an emulated one (see tests/README.md), really lack or have it: a
/// misspelled variable would be ignored in silence, and the tests would only repeat themselves.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class InstructionSetTests
{
    [Fact]
    public void The_instruction_set_that_was_left_out_is_not_there()
    {
        string? without = Environment.GetEnvironmentVariable("NETGEN_TESTED_WITHOUT");
        bool supported = without switch
        {
            null => false,
            "Avx512" => Avx512F.IsSupported,
            "Avx2" => Avx2.IsSupported || Fma.IsSupported,
            "Avx" => Avx.IsSupported,
            _ => throw new InvalidOperationException($"NETGEN_TESTED_WITHOUT is '{without}': expected Avx512, Avx2 or Avx."),
        };

        Assert.False(supported, $"This process should run without {without}, yet it has it: see Without{without}.runsettings.");
    }

    [Fact]
    public void The_instruction_set_that_is_emulated_is_there()
    {
        string? emulated = Environment.GetEnvironmentVariable("NETGEN_TESTED_ON");
        bool supported = emulated switch
        {
            null => true,
            "AdvSimd" => AdvSimd.Arm64.IsSupported,
            _ => throw new InvalidOperationException($"NETGEN_TESTED_ON is '{emulated}': expected AdvSimd."),
        };

        Assert.True(supported, $"This process should have {emulated}, yet it runs without.");
    }
}
