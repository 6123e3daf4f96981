using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Incrementality;

/// <summary>What the stages hand on lives as long as the editor; a symbol in it would keep a whole compilation alive.</summary>
public class ModelTests
{
    [Fact]
    public void No_stage_hands_on_a_symbol_a_syntax_node_or_a_compilation()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """
            [Network, Input(1, 8, 8), Conv2D(4, 3), Relu, Dropout(0.5f), Dense(3), SoftmaxCrossEntropy(ClassWeights = new double[] { 1, 2, 3 })]
            public partial class Right;
            [Network, Input(4), Dense(0), MeanSquaredError, Huber] public partial class WrongLayer;
            [Network, Input(4), Dense(2)] public abstract class WrongClass;
            public static partial class Functions
            {
                [Differentiable] public static double Right(double x) { double y = Math.Sin(x); return x > 0 ? y : Other(y); }
                [Differentiable] public static double Other(double x) => x * x;
                [Differentiable] public static double Wrong(double x) => x % 2;
            }
            """);

        int seen = 0;
        foreach (string stage in new[]
        {
            NetworkGenerator.DeclarationsStage, NetworkGenerator.NetworksStage, NetworkGenerator.SourcesStage, NetworkGenerator.MistakesStage,
        }.SelectMany(stage => new[] { stage, NetworkGenerator.FunctionStages + stage }))
        {
            foreach (var (value, _) in run.Result.TrackedSteps[stage].SelectMany(step => step.Outputs))
            {
                Walk(value, stage, new HashSet<object>(ReferenceEqualityComparer.Instance));
                seen++;
            }
        }

        // Three declarations, three networks with or without files; two mistakes in a chain and two in a class. Then three functions, one of them
        // wrong.
        Assert.Equal(3 + 3 + 3 + 4 + 3 + 2 + 2 + 1, seen);
    }

    private static void Walk(object? value, string path, HashSet<object> visited)
    {
        if (value is null || !visited.Add(value))
            return;

        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or SemanticModel or Compilation or Location or AttributeData,
            $"{path} holds a {value.GetType()}.");
        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string || IsShared(type))
            return;

        if (value is IEnumerable items and not string)
        {
            foreach (object? item in items)
                Walk(item, path + "[]", visited);
        }

        for (Type? level = type; level is not null; level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", visited);
        }
    }

    /// <summary>Descriptors are static, and types belong to the runtime.</summary>
    private static bool IsShared(Type type) =>
        type == typeof(DiagnosticDescriptor) || typeof(Type).IsAssignableFrom(type) || typeof(ITuple).IsAssignableFrom(type);
}
