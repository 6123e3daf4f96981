using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>Reads the runtime's <c>Initializer</c> from a declaration and settles what its default means.</summary>
internal static class Initialisers
{
    // In the order of the runtime's enum, whose numbers arrive from attributes.
    private static readonly string[] s_names =
        ["Default", "HeNormal", "HeUniform", "GlorotNormal", "GlorotUniform", "Zeros", "Constant"];

    public static Initialisation Of(LayerContext layer, string role, string defaultName, int fanIn, int fanOut)
    {
        Check(layer, role);
        int number = layer.Integer($"{role}Init");
        string name = number > 0 && number < s_names.Length ? s_names[number] : defaultName;
        return new Initialisation(name, layer.Number($"{role}Value"), fanIn, fanOut);
    }

    /// <summary>Reports settings that contradict each other: a constant without its value, a value that nothing uses.</summary>
    private static void Check(LayerContext layer, string role)
    {
        string init = $"{role}Init";
        string value = $"{role}Value";
        bool isConstant = layer.Integer(init) == s_names.Length - 1;
        if (layer.Number(init) is not (>= 0 and var number) || number >= s_names.Length)
            layer.ReportValue(init, "one of " + string.Join(", ", s_names.Select(name => "Initializer." + name)));
        else if (isConstant && !layer.Has(value))
            layer.Report(DiagnosticDescriptors.ConstantWithoutValue, init, layer.Kind, init, value);
        else if (!isConstant && layer.Has(value))
            layer.Report(DiagnosticDescriptors.SettingWithoutEffect, value, layer.Kind, value, $"{init} is not a constant; write {init} = Initializer.Constant beside it, or remove it");
        layer.FiniteNumber(value);
    }

    /// <summary>He for the rectifier family, Glorot for the rest, as each was derived for.</summary>
    public static string DefaultFor(Activation? next) => next is { IsRectifier: true } ? "HeUniform" : "GlorotUniform";
}
