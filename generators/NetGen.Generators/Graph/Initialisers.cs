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
        int number = layer.Integer($"{role}Init");
        string name = number > 0 && number < s_names.Length ? s_names[number] : defaultName;
        return new Initialisation(name, layer.Number($"{role}Value"), fanIn, fanOut);
    }

    /// <summary>He for the rectifier family, Glorot for the rest, as each was derived for.</summary>
    public static string DefaultFor(Activation? next) => next is { IsRectifier: true } ? "HeUniform" : "GlorotUniform";
}
