using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Members;

/// <summary>
/// Whoever passes what a method does not take is told the name of that very argument. The methods are those that there are: a program that calls
/// each of them wrongly in each argument is written from the compiled networks.
/// </summary>
public sealed class ArgumentNameTests
{
    private static readonly Dictionary<string, string> s_networks = new()
    {
        ["Plain"] = "[Input(6), Dense(3), SoftmaxCrossEntropy]",
        ["Large"] = "[Input(300), Dense(200), Relu, Dense(2), Softmax]",
        ["Single"] = "[Input(6), Dense(1), BinaryCrossEntropy]",
        ["Tokens"] = "[Input(5, Vocabulary = 7), Embedding(4), Gru(3), LastStep, Dense(2), SoftmaxCrossEntropy]",
        ["TokensOfLengths"] = "[Input(5, Vocabulary = 7, VariableLength = true), Embedding(4), Gru(3), MeanOverTime, Dense(2), SoftmaxCrossEntropy]",
        ["StreamOfTokens"] = "[Input(5, Vocabulary = 7), Embedding(4), Gru(3)]",
        ["Signal"] = "[Input(5, 2), Gru(3), Dense(1)]",
        ["Decimated"] = "[Input(3, 24), Conv1D(4, 3, Stride = 2), Relu, MaxPool1D(2, Padding = Padding.Causal)]",
    };

    private const string Several =
        """
        [Network] public partial class Several
        {
            [Input(3, 2, VariableLength = true), Gru(4), MeanOverTime] public partial Layer Steps { get; }
            [Input(3, Vocabulary = 5), Embedding(4), Flatten] public partial Layer Words { get; }
            [Input(2)] public partial Layer Sample { get; }
            [Concat(nameof(Steps), nameof(Words), nameof(Sample)), Dense(4), Relu] public partial Layer All { get; }
            [Dense(2), Output] public partial Layer Kind { get; }
            [From(nameof(All)), Dense(1), Output] public partial Layer Size { get; }
        }
        """;

    [Fact]
    public void An_exception_names_the_argument_that_is_wrong()
    {
        string[] sources = [.. s_networks.Select(network => $"[Network] {network.Value} public partial class {network.Key};"), Several];
        CSharpCompilation compilation = GeneratorHarness.Run(sources).Compilation;
        var program = new StringBuilder();
        foreach (string name in s_networks.Keys.Append("Several"))
        {
            INamedTypeSymbol network = compilation.GetTypeByMetadataName(name)!;
            AppendCalls(program, network, $"new {name}(1)", name);
            INamedTypeSymbol model = compilation.GetTypeByMetadataName("NetGen.Model`1")!.Construct(network);
            AppendCalls(program, model, $"new Model<{name}>(new {name}(1), new ModelCard {{ {Names(name)} }})", name);
            foreach (INamedTypeSymbol stream in network.GetTypeMembers("PredictionStream"))
            {
                for (INamedTypeSymbol type = stream; type.Name != "Object"; type = type.BaseType!)
                    AppendCalls(program, type, $"new {name}(1).OpenStream()", name);
            }
        }

        GeneratorRun run = GeneratorHarness.Run([.. sources, $$"""
            public static class Program
            {
                private static readonly System.Collections.Generic.List<string> s_mistakes = new();
                private static int s_calls;

                public static string[] Mistakes()
                {
            {{program}}
                    s_mistakes.Add($"{s_calls} calls");
                    return s_mistakes.ToArray();
                }

                private static void Call(string what, string argument, Action action)
                {
                    s_calls++;
                    try
                    {
                        action();
                        s_mistakes.Add($"{what}: no exception");
                    }
                    catch (ArgumentException exception)
                    {
                        if (exception.ParamName != argument)
                            s_mistakes.Add($"{what}: the exception names '{exception.ParamName}': {exception.Message}");
                    }
                }

                private static T[] Fill<T>(int length, T value) { var all = new T[length]; Array.Fill(all, value); return all; }
            }
            """]);
        using LoadedAssembly loaded = run.Load();
        var mistakes = (string[])loaded.Type("Program").GetMethod("Mistakes")!.Invoke(null, [])!;

        Assert.Equal([], mistakes[..^1]);
        Assert.True(int.Parse(mistakes[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) > 100, mistakes[^1]);
    }

    private static string Names(string network) => network is "Plain" ? "ClassNames = [\"a\", \"b\", \"c\"]"
        : network is "Large" or "Single" or "Tokens" or "TokensOfLengths" ? "ClassNames = [\"a\", \"b\"]"
        : "";

    /// <summary>Each public method of a type, wrong in one argument after the other.</summary>
    private static void AppendCalls(StringBuilder program, INamedTypeSymbol type, string instance, string network)
    {
        bool hasTokens = network.Contains("Tokens", StringComparison.Ordinal);
        bool classifies = network is "Plain" or "Large" or "Single" or "Tokens" or "TokensOfLengths";
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.DeclaredAccessibility != Accessibility.Public || method.MethodKind != MethodKind.Ordinary || method.IsStatic
                || method.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "ObsoleteAttribute")
                || !method.Parameters.Any(parameter => IsSpan(parameter) || parameter.Type.SpecialType == SpecialType.System_Int32))
            {
                continue;
            }

            if (!classifies && type.Name == "Model" && method.Name is "Classify" or "ClassifyName" or "RankClasses" or "PredictProbabilities")
                continue;
            foreach (IParameterSymbol wrong in method.Parameters)
            {
                foreach (string value in WrongValues(wrong, method, network, hasTokens))
                {
                    string arguments = string.Join(", ", method.Parameters.Select(parameter => SymbolEqualityComparer.Default.Equals(parameter, wrong)
                        ? value
                        : RightValue(parameter, network)));
                    string what = $"{type.Name} of {network}: {method.Name}({wrong.Name} = {value})".Replace("\"", "'");
                    program.AppendLine($"{{ var it = {instance}; Call(\"{what}\", \"{wrong.Name}\", () => it.{method.Name}({arguments})); }}");
                }
            }
        }
    }

    private static IEnumerable<string> WrongValues(IParameterSymbol parameter, IMethodSymbol method, string network, bool hasTokens)
    {
        bool isStream = method.ContainingType.Name.EndsWith("Stream", StringComparison.Ordinal);
        if (!IsSpan(parameter))
        {
            if (parameter.Type.SpecialType == SpecialType.System_Int32 && method.Name != "OutputsOf" || parameter.Name == "steps")
                yield return "-1";
            yield break;
        }

        string element = Element(parameter);
        if (element == "RankedClass")
            yield break;
        string length = LengthOf(parameter, network);
        if (parameter.Type.Name == "Span")
        {
            yield return Filled(element, $"({length}) - 1", "0");
            yield break;
        }

        // A stream of tokens takes any number of them.
        bool isAnyNumber = isStream && parameter.Name is "tokens" || (network == "Signal" && parameter.Name == "inputs" && length == "1");
        if (parameter.Name != "lengths" && !isAnyNumber && !(isStream && parameter.Name == "inputs" && hasTokens))
            yield return Filled(element, $"({length}) + 1", "0");
        if (element == "int")
            yield return Filled(element, length, "-1");
        else if (hasTokens)
            yield return Filled(element, length, "0.5f");
    }

    private static string RightValue(IParameterSymbol parameter, string network) => IsSpan(parameter)
        ? Element(parameter) == "RankedClass" ? "new RankedClass[2]"
            : Filled(Element(parameter), LengthOf(parameter, network), network == "TokensOfLengths" || parameter.Name == "lengths" ? "1" : "0")
        : parameter.Type.SpecialType == SpecialType.System_Int32 ? (parameter.Name == "threads" ? "0" : "1")
        : throw new NotSupportedException(parameter.ToDisplayString());

    /// <summary>How much the argument should hold: a sample, a step, or an input or output by its name.</summary>
    private static string LengthOf(IParameterSymbol parameter, string network)
    {
        bool isStream = parameter.ContainingType.Name.EndsWith("Stream", StringComparison.Ordinal);
        string steps = network == "Decimated" ? "it.StepsToFirstOutput" : "2";
        return parameter.Name switch
        {
            "input" => isStream ? "it.InputLength" : $"{network}.InputLength",
            "output" => isStream ? "it.OutputLength" : $"{network}.OutputLength",
            "inputs" => isStream ? $"{steps} * it.InputLength" : $"{network}.InputLength",
            "outputs" => isStream ? (network == "Decimated" ? "it.OutputLength" : "2 * it.OutputLength") : $"{network}.OutputLength",
            "tokens" => isStream ? "2" : "5",
            "lengths" => "1",
            "probabilities" => $"{network}.OutputLength",
            "steps" => "6",
            "words" => "3",
            "sample" or "kind" => "2",
            "size" => "1",
            _ => throw new NotSupportedException($"{parameter.Name} of {network}"),
        };
    }

    private static string Filled(string element, string length, string value) => $"Fill<{element}>({length}, {value})";

    private static bool IsSpan(IParameterSymbol parameter) => parameter.Type.Name is "Span" or "ReadOnlySpan";

    private static string Element(IParameterSymbol parameter) =>
        ((INamedTypeSymbol)parameter.Type).TypeArguments[0].ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
