using Xunit.Abstractions;

namespace NetGen.Generators.Tests.Limits;

/// <summary>
/// No generated method is so large that the JIT gives up on it. The IL says so before anything is timed, and on a machine
/// without the instruction set.
/// </summary>
[Collection(CompiledNetworks.Collection)]
public sealed class MethodSizeTests(CompiledNetworks networks, ITestOutputHelper output)
{
    /// <summary>Past about 52 KB the JIT compiles without optimisation (measured; DEFAULT_MIN_OPTS_CODE_SIZE in its compiler.h is 60,000).</summary>
    private const int MostBytes = 30_000;

    /// <summary>Some 1,700 multiply-adds are 52 KB.</summary>
    private const int MostMultiplyAdds = 1_000;

    /// <summary>
    /// The JIT tracks the lifetimes of 1,024 locals, its own temporaries among them (JitMaxLocalsToTrack, 0x400, in its
    /// jitconfigvalues.h), and keeps the rest on the stack; past 2,000 it compiles without optimisation
    /// (DEFAULT_MIN_OPTS_LV_NUM_COUNT). Half of the first is left to temporaries.
    /// </summary>
    private const int MostLocals = 512;

    /// <summary>DEFAULT_MIN_OPTS_BB_COUNT.</summary>
    private const int MostBlocks = 2_000;

    /// <summary>
    /// Each is some forty methods to inline; past about a dozen of them the JIT's budget is spent, and what is left over runs as calls
    /// that pass vectors through memory, ten times slower (seen in its disassembly).
    /// </summary>
    private const int MostTranscendentals = 12;

    [Fact]
    public void No_method_has_more_exponentials_than_the_JIT_inlines()
    {
        AssertAtMost(MostTranscendentals, method => method.Transcendentals, "exponentials and the like");
        Assert.Contains(networks.Methods, method => method.Transcendentals > 0);
    }

    [Fact]
    public void No_method_has_more_code_than_the_JIT_optimises() => AssertAtMost(MostBytes, method => method.Bytes, "bytes of IL");

    [Fact]
    public void No_method_has_more_multiply_adds_than_the_JIT_keeps_in_registers() =>
        AssertAtMost(MostMultiplyAdds, method => method.MultiplyAdds, "vector multiply-adds");

    [Fact]
    public void No_method_has_more_locals_than_the_JIT_tracks() => AssertAtMost(MostLocals, method => method.Locals, "locals");

    [Fact]
    public void No_method_has_more_basic_blocks_than_the_JIT_optimises() =>
        AssertAtMost(MostBlocks, method => method.Blocks, "basic blocks");

    [Fact]
    public void Every_network_has_kernels_with_multiply_adds_for_32_registers_and_for_16()
    {
        // Guards the counting above: limits that nothing is counted against would hold always.
        IEnumerable<string> networkNames = SampleNetworks.Workloads.Keys.Concat(SampleNetworks.Sweep.Keys);
        string[] missing =
        [
            .. networkNames.SelectMany(name => new[] { "On32", "On16" }.Select(registers => (name, registers)))
                .Where(pair => !networks.Methods.Any(method => method.MultiplyAdds > 0
                    && method.Name.StartsWith($"{pair.name}Kernels.", StringComparison.Ordinal)
                    && (method.Name.EndsWith(pair.registers, StringComparison.Ordinal) || !IsOfOneSize(method.Name))))
                .Select(pair => $"{pair.name} {pair.registers}"),
        ];
        Assert.True(missing.Length == 0, "No kernel with a multiply-add: " + string.Join(", ", missing));
    }

    // Others are generic, and serve both.
    private static bool IsOfOneSize(string name) =>
        name.EndsWith("On32", StringComparison.Ordinal) || name.EndsWith("On16", StringComparison.Ordinal);

    private void AssertAtMost(int most, Func<MethodSize, int> size, string what)
    {
        MethodSize[] largest = [.. networks.Methods.OrderByDescending(size).Take(10)];
        foreach (MethodSize method in largest)
            output.WriteLine($"{size(method),7:N0} {what}: {method}");
        Assert.True(
            size(largest[0]) < most,
            $"{largest.Count(method => size(method) >= most)} or more methods have {most:N0} {what}, such as {largest[0]}.");
    }
}
