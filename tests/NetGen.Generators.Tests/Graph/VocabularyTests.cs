using System.Reflection;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Layers;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Graph;

/// <summary>Attributes and generator are two sides of one language: they have the same words, and mean the same where one is not written.</summary>
public sealed class VocabularyTests
{
    private static readonly Type[] s_attributes =
    [
        .. typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => !type.IsAbstract
            && (type.IsSubclassOf(typeof(LayerAttribute)) || type.IsSubclassOf(typeof(ObjectiveAttribute)))),
    ];

    // Layers that start from steps of features.
    private static readonly string[] s_sequential =
    [
        "Rnn", "Lstm", "Gru", "LastStep", "FirstStep", "LastCell", "MeanOverTime", "MaxOverTime", "Positions", "SinusoidalPositions",
        "MultiHeadAttention", "TransformerBlock",
    ];

    public static TheoryData<string> Layers => [.. s_attributes.Where(type => type.IsSubclassOf(typeof(LayerAttribute))).Select(KindOf).Distinct()];

    public static TheoryData<string> Losses => [.. s_attributes.Where(type => type.IsSubclassOf(typeof(ObjectiveAttribute))).Select(KindOf)];

    [Fact]
    public void Every_attribute_has_a_kind_and_every_kind_an_attribute() => Assert.Equal(
        s_attributes.Select(KindOf).Distinct().Order(StringComparer.Ordinal),
        LayerKinds.Layers.Select(kind => kind.Name).Concat(LayerKinds.Losses.Select(kind => kind.Name)).Order(StringComparer.Ordinal));

    [Fact]
    public void Joins_are_the_kinds_whose_attributes_are_joins() => Assert.Equal(
        s_attributes.Where(type => type.IsSubclassOf(typeof(JoinAttribute))).Select(KindOf).Order(StringComparer.Ordinal),
        LayerKinds.Layers.Where(kind => kind.IsJoin).Select(kind => kind.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_property_left_out_means_what_the_attribute_says_it_is(string kind) => Defaults(kind);

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_property_of_a_loss_left_out_means_what_the_attribute_says_it_is(string kind) => Defaults(kind);

    [Fact]
    public void The_input_without_a_name_is_called_the_same_on_both_sides() => Assert.Equal(Layer.Input, PointNames.Input);

    [Fact]
    public void Enumerations_that_both_sides_know_have_the_same_members()
    {
        Same<NetGen.OutputMeaning>(typeof(Generators.Graph.OutputMeaning));
        // Written by name; a network without a loss and one with several have kinds of their own.
        Assert.Subset(Enum.GetNames<TargetKind>().ToHashSet(), Enum.GetNames<LossTargets>().ToHashSet());
        Same<Initializer>(typeof(Initialisers).GetNestedType("Method", BindingFlags.NonPublic)!);
        Same<PadMode>(typeof(LayerKind).Assembly.GetType("NetGen.Generators.Graph.Layers.Borders")!.GetNestedType("Mode", BindingFlags.NonPublic)!);
        Same<RotaryPositions>(typeof(LayerKind).Assembly.GetType("NetGen.Generators.Graph.Layers.RotaryTurn")!.GetNestedType("Pairs", BindingFlags.NonPublic)!);
        Same<Precision>(typeof(Generators.Expressions.Grade));
        Same<UpsampleMode>(typeof(LayerKind).Assembly.GetType("NetGen.Generators.Graph.Layers.UpsampleLayers")!.GetNestedType("Mode", BindingFlags.NonPublic)!);
        Assert.Equal(1, (int)Padding.Same);
        Assert.Equal(2, (int)Padding.Causal);
        Assert.Equal(3, Enum.GetValues<Padding>().Length);
    }

    private static void Same<T>(Type generators) where T : struct, Enum => Assert.Equal(
        Enum.GetValues<T>().Select(value => $"{value} = {Convert.ToInt32(value)}"),
        Enum.GetNames(generators).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(generators, name))}"));

    /// <summary>
    /// Writes each property with the value that an instance of the attribute has, and expects the graph that there is without it. Where that value
    /// only says that nothing was written, as a stride of 0 does, it is refused or has no effect.
    /// </summary>
    private static void Defaults(string kind)
    {
        Type type = s_attributes.First(attribute => KindOf(attribute) == kind);
        string usual = Written(type, null);
        string expected = Graph(usual);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            if (Value(property, Instance(type)) is not { } value)
                continue;
            GeneratorRun run = GeneratorHarness.Run(Written(type, $"{property.Name} = {value}"));
            Assert.Empty(run.CompilerDiagnostics);
            string[] mistakes = [.. run.Diagnostics.Select(mistake => mistake.Id)];
            if (mistakes.Length == 0)
                Assert.Equal(expected, Graph(Written(type, $"{property.Name} = {value}")));
            else
                Assert.True(
                    mistakes.All(id => id == "NG0025" || (value == "0" && id == "NG0010")),
                    $"{kind}: {property.Name} = {value} is refused with {string.Join(", ", mistakes)}.");
        }
    }

    private static string Graph(string source) => GraphText.Of(GraphText.Build(source));

    private static string KindOf(Type attribute)
    {
        string name = attribute.Name.Split('`')[0];
        return name[..^"Attribute".Length];
    }

    private static object? Instance(Type type)
    {
        Type closed = type.IsGenericTypeDefinition ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(object))]) : type;
        ConstructorInfo constructor = closed.GetConstructors()[0];
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.ParameterType.IsArray
                ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0)
                : (object)Convert.ChangeType(1, parameter.ParameterType))]);
    }

    /// <summary>The property's value as it is written in code, or null where it is none that could be written.</summary>
    private static string? Value(PropertyInfo property, object? instance)
    {
        PropertyInfo closed = instance!.GetType().GetProperty(property.Name)!;
        return closed.GetValue(instance) switch
        {
            null => null,
            bool flag => flag ? "true" : "false",
            Enum member => $"{member.GetType().Name}.{member}",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            var other => throw new InvalidOperationException($"{property.Name} is {other}."),
        };
    }

    /// <summary>A network with one layer or loss of a kind, with the sizes it needs, and perhaps a property.</summary>
    private static string Written(Type type, string? property)
    {
        string kind = KindOf(type);
        string generic = type.IsGenericTypeDefinition ? $"<{string.Join(", ", type.GetGenericArguments().Select(_ => "Body"))}>" : "";
        string sizes = kind switch
        {
            "Reshape" => "8, 4, 9",
            "Transpose" => "0, 2, 1",
            "Split" => "2, 0",
            "Slice" => "1, 2",
            "Dropout" or "SpatialDropout" => "0.5",
            "Threshold" => "0.1, 0.2",
            "Activation" or "Loss" => "\"F\"",
            _ when type.IsSubclassOf(typeof(JoinAttribute)) => "nameof(Stem)",
            _ => string.Join(", ", type.GetConstructors()[0].GetParameters().Where(parameter => !parameter.HasDefaultValue).Select(_ => "2")),
        };
        string written = $"{kind}{generic}({string.Join(", ", new[] { sizes, property }.Where(part => !string.IsNullOrEmpty(part)))})";
        string input = kind.EndsWith("1D", StringComparison.Ordinal) ? "8, 36"
            : kind == "Embedding" ? "6, Vocabulary = 9"
            : s_sequential.Contains(kind) ? "6, 8"
            : "8, 6, 6";
        string before = kind == "LastCell" ? "Lstm(3), " : "";
        string function = kind switch
        {
            "Activation" => "[Differentiable] private static float F(float x) => x * x;",
            "Loss" => "[Differentiable] private static float F(float output, float target) => output * target;",
            _ => "",
        };
        string block = "[Block, Conv2D(8, 3, Padding = Padding.Same)] public class Body; ";
        if (type.IsSubclassOf(typeof(JoinAttribute)))
            return $"{block}[Network, Input({input})] public partial class Net {{ [Relu] public partial Layer Stem {{ get; }} [Tanh, {written}] "
                + $"public partial Layer End {{ get; }} }}";
        return type.IsSubclassOf(typeof(ObjectiveAttribute))
            ? $"{block}[Network, Input(4), Dense(3), {written}] public partial class Net {{ {function} }}"
            : $"{block}[Network, Input({input}), {before}{written}] public partial class Net {{ {function} }}";
    }
}
