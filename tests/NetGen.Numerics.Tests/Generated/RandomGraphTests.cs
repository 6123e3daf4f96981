using FsCheck;
using FsCheck.Fluent;
using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// Whatever graph one thinks of, it computes what its definition says: outputs, loss, every gradient, statistics, and predictions after a step.
/// The graphs are the same at each run; <c>NETGEN_GRAPHS</c> set to a number draws others, and <c>NETGEN_GRAPH_LOTS</c> more of them.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class RandomGraphTests
{
    private const int GraphsPerCompilation = 12;

    // Memory that held a larger batch must not show in a smaller one.
    private static readonly int[] s_batches = [33, 7, 2, 1];

    [Fact]
    public void Any_valid_graph_computes_what_its_definition_says()
    {
        ulong seed = Setting("NETGEN_GRAPHS", 2026);
        Prop.ForAll(
            Arb.From(RandomGraphs.Networks.ArrayOf(GraphsPerCompilation)),
            graphs =>
            {
                IReadOnlyList<Type> types = NetworkCompiler.Compile(graphs);
                var failures = new List<string>();
                int withoutProblem = 0;
                for (int i = 0; i < graphs.Length; i++)
                {
                    try
                    {
                        NetworkCheck.Run(graphs[i], types[i], s_batches, seed: i);
                    }
                    catch (NoProblemException)
                    {
                        withoutProblem++;
                    }
                    catch (Exception exception)
                    {
                        failures.Add($"{graphs[i].Source}{exception.Message}");
                    }
                }

                // Not shrunk: a failure names its graph, and a graph is short.
                Assert.True(failures.Count == 0, string.Join("\n\n", failures));
                Assert.InRange(withoutProblem, 0, graphs.Length / 4);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest((int)Setting("NETGEN_GRAPH_LOTS", 2)).WithReplay(seed, 2 * seed + 1));
    }

    [Fact]
    public void A_graph_whose_gradient_is_zero_computes_what_its_definition_says()
    {
        // The difference of a group's norm and that of the same group moved by a constant: zero, but for rounding, which two more norms enlarge.
        OracleNetwork graph = RandomGraphs.FromSeed(1098);
        Type type = Assert.Single(NetworkCompiler.Compile([graph]));
        for (int seed = 0; seed < 8; seed++)
            NetworkCheck.Run(graph, type, s_batches, seed);
    }

    private static ulong Setting(string variable, ulong fallback) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), out ulong number) ? number : fallback;
}
