namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// Output, loss and every gradient of generated networks against an oracle in double precision, which is itself compared with
/// difference quotients; for every layer and loss at sizes that no vector, tile or panel divides.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class DenseGradientTests
{
    private static readonly CompiledCases s_cases = new(DenseCases.All);

    public static TheoryData<string> Names => s_cases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_of_vectors_computes_what_its_definition_says(string name) => s_cases.Check(name);
}

/// <inheritdoc cref="DenseGradientTests"/>
[Trait("Category", "Numeric")]
public sealed class ImageGradientTests
{
    private static readonly CompiledCases s_cases = new(ImageCases.All);

    public static TheoryData<string> Names => s_cases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_of_images_computes_what_its_definition_says(string name) => s_cases.Check(name);
}

/// <inheritdoc cref="DenseGradientTests"/>
[Trait("Category", "Numeric")]
public sealed class GraphGradientTests
{
    private static readonly CompiledCases s_cases = new(GraphCases.All);

    public static TheoryData<string> Names => s_cases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_computes_what_its_definition_says(string name) => s_cases.Check(name);
}

/// <inheritdoc cref="DenseGradientTests"/>
[Trait("Category", "Numeric")]
public sealed class SequenceGradientTests
{
    private static readonly CompiledCases s_cases = new(SequenceCases.All);

    public static TheoryData<string> Names => s_cases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_of_sequences_computes_what_its_definition_says(string name) => s_cases.Check(name);
}

/// <summary>Cases that are compiled in lots, each when the first of it runs.</summary>
internal sealed class CompiledCases
{
    private const int Lot = 24;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly GeneratedCase[] _cases;
    private readonly Lazy<IReadOnlyList<Type>>[] _types;

    public CompiledCases(Func<IEnumerable<GeneratedCase>> cases)
    {
        _cases = [.. cases()];
        for (int i = 0; i < _cases.Length; i++)
            _numbers.Add(_cases[i].Name, i);
        _types =
        [
            .. _cases.Chunk(Lot).Select(lot =>
                new Lazy<IReadOnlyList<Type>>(() => NetworkCompiler.Compile([.. lot.Select(one => one.Network)]))),
        ];
    }

    public TheoryData<string> Names => [.. _numbers.Keys];

    public void Check(string name)
    {
        int number = _numbers[name];
        Type type = _types[number / Lot].Value[number % Lot];
        NetworkCheck.Run(_cases[number].Network, type, _cases[number].Batch, seed: number + 1);
    }
}
