using System.Collections.Concurrent;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>
/// NetGen's own activations and losses: functions in the language, which stand in <c>generators/Functions</c>. They are read from the forms that the
/// generator itself made of them, <c>Forms.txt</c>, as those of another project are: to compile C# would cost a cold start 70 ms.
/// </summary>
internal static class OwnFunctions
{
    private static readonly Lazy<Dictionary<string, string>> s_texts = new(ReadTexts);
    private static readonly ConcurrentDictionary<string, FunctionForm?> s_forms = new();

    /// <summary>The formula of a function for these arguments.</summary>
    /// <param name="name">The class it stands in and its name: <c>Activations.Relu</c>.</param>
    /// <param name="arguments">What stands for its parameters.</param>
    /// <exception cref="InvalidOperationException">There is no such function.</exception>
    public static Expression Formula(string name, IReadOnlyList<Expression> arguments) =>
        Find(name, arguments) ?? throw new InvalidOperationException(name);

    /// <summary>The better form of a function's derivative by its first parameter; null where it has none.</summary>
    public static Expression? Derivative(string name, IReadOnlyList<Expression> arguments) => Find(name + "Derivative", arguments);

    private static Expression? Find(string name, IReadOnlyList<Expression> arguments) => s_forms.GetOrAdd(name, Read) is { } form
        ? form.Value.Substitute(
            form.Parameters.Zip(arguments, (parameter, argument) => (parameter.Name, argument))
                .ToDictionary(pair => pair.Name, pair => pair.argument))
        : null;

    private static FunctionForm? Read(string name) => s_texts.Value.TryGetValue(name, out string? text) ? FormText.Read(text) : null;

    // A line for each: "Activations.Relu: " and the form.
    private static Dictionary<string, string> ReadTexts()
    {
        using var reader = new StreamReader(typeof(OwnFunctions).Assembly.GetManifestResourceStream("Forms.txt")!);
        var texts = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            int end = line.IndexOf(": ", StringComparison.Ordinal);
            texts.Add(line.Substring(0, end), line.Substring(end + 2));
        }

        return texts;
    }
}
