using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>Reads the runtime's <c>Initializer</c> from a declaration and settles what its default means.</summary>
internal static class Initialisers
{
    /// <summary>The runtime's <c>Initializer</c>, whose numbers arrive from attributes; a test compares the two.</summary>
    private enum Method
    {
        Default,
        HeNormal,
        HeUniform,
        GlorotNormal,
        GlorotUniform,
        Zeros,
        Constant,
    }

    /// <summary>The default of weights, which is settled once the graph is built: <see cref="Settle"/>.</summary>
    public const string ByActivation = "Default";

    public static Initialisation Of(LayerContext layer, string role, string defaultName, int fanIn, int fanOut)
    {
        Check(layer, role);
        var method = (Method)layer.Integer($"{role}Init");
        string name = method != Method.Default && Enum.IsDefined(typeof(Method), method) ? method.ToString() : defaultName;
        return new Initialisation(name, layer.Number($"{role}Value"), fanIn, fanOut);
    }

    /// <summary>Reports settings that contradict each other: a constant without its value, a value that nothing uses.</summary>
    private static void Check(LayerContext layer, string role)
    {
        string init = $"{role}Init";
        string value = $"{role}Value";
        bool isConstant = layer.Integer(init) == (int)Method.Constant;
        if (!Enum.IsDefined(typeof(Method), layer.Integer(init)))
            layer.ReportValue(init, "one of " + string.Join(", ", Enum.GetNames(typeof(Method)).Select(name => "Initializer." + name)));
        else if (isConstant && !layer.Has(value))
            layer.Report(DiagnosticDescriptors.ConstantWithoutValue, init, layer.Kind, init, value);
        else if (!isConstant && layer.Has(value))
        {
            layer.Report(DiagnosticDescriptors.SettingWithoutEffect, value, layer.Kind, value,
                $"{init} is not a constant; write {init} = Initializer.Constant beside it, or remove it");
        }

        layer.FiniteNumber(value);
    }

    /// <summary>
    /// Settles the defaults of weights: He's where the first activation that their product meets, before the next product, is of
    /// the rectifier family, Glorot's elsewhere, as each was derived for.
    /// </summary>
    public static void Settle(IEnumerable<Stored> stored, IReadOnlyList<Operation> operations)
    {
        var uses = new Uses(operations);
        var places = Enumerable.Range(0, operations.Count).ToDictionary(i => operations[i]);
        foreach (Stored tensor in stored.Where(tensor => tensor.Initialisation.Initializer == ByActivation))
        {
            bool isRectified = IsRectifiedBehind(tensor, uses, places);
            tensor.Initialisation = tensor.Initialisation with { Initializer = isRectified ? "HeUniform" : "GlorotUniform" };
        }
    }

    private static bool IsRectifiedBehind(Stored weight, Uses uses, IReadOnlyDictionary<Operation, int> places)
    {
        // What reads what was reached, in the order of the operations.
        var next = new SortedDictionary<int, Operation>();
        Reach(weight);
        while (next.Count > 0)
        {
            KeyValuePair<int, Operation> first = next.First();
            next.Remove(first.Key);
            switch (first.Value)
            {
                case Map { IsRectifier: true }:
                    return true;
                case Map { Activation: not null }:
                    return false;
                case Contract contract when contract.Inputs.All(input => input != weight):
                    break;
                default:
                    Reach(first.Value.Output);
                    break;
            }
        }

        return false;

        void Reach(Value value)
        {
            foreach (Operation reader in uses.ReadersOf(value))
                next[places[reader]] = reader;
        }
    }
}
