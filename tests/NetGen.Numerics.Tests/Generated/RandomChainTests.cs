using FsCheck;
using FsCheck.Fluent;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// Whatever chain of layers one thinks of, its gradients are those of its definition. The chains are the same at each run;
/// <c>NETGEN_CHAINS</c> set to a number draws others.
/// </summary>
public sealed class RandomChainTests
{
    private const int ChainsPerCompilation = 16;
    private const int Compilations = 2;

    [Fact]
    public void Any_valid_chain_computes_what_its_definition_says()
    {
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("NETGEN_CHAINS"), out ulong number) ? number : 2024;
        var batches = Gen.Choose(1, 9);
        // Not shrunk: a failure names its chain, and a chain is short.
        Prop.ForAll(
            Arb.From(RandomChains.Networks.Zip(batches).ArrayOf(ChainsPerCompilation)),
            chains =>
            {
                IReadOnlyList<Type> types = NetworkCompiler.Compile([.. chains.Select(chain => chain.Item1)]);
                for (int i = 0; i < chains.Length; i++)
                {
                    try
                    {
                        NetworkCheck.Run(chains[i].Item1, types[i], chains[i].Item2, seed: i);
                    }
                    catch (Exception exception)
                    {
                        throw new InvalidOperationException($"{chains[i].Item1.Source}{exception.Message}", exception);
                    }
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(Compilations).WithReplay(seed, 2 * seed + 1));
    }
}
