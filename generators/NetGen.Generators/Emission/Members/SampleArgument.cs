using NetGen.Generators.Declarations;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Emission.Members;

/// <summary>An input or output of a network as an argument of a method: numbers as floats, tokens and lengths as whole numbers.</summary>
/// <param name="Name">The name without the sign that a keyword needs.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Offset">Where it lies in a sample: the inputs one after the other, behind them the outputs.</param>
internal sealed record SampleArgument(string Name, TensorType Type, int Offset)
{
    private const string Runtime = "global::NetGen.CompilerServices.Prediction";
    private const string Sequences = "global::NetGen.CompilerServices.SequenceArguments";

    public bool IsOutput { get; init; }

    /// <summary>Where in a sample its length lies, if samples have different ones.</summary>
    public int? LengthAt { get; init; }

    /// <summary>The name of its length, if that is an argument; of tokens there are as many as are passed.</summary>
    public string LengthName { get; init; } = "";

    private bool IsTokens => Type.Vocabulary > 0;

    private string Identifier => NetworkDeclaration.Escape(Name);

    /// <summary>The parameters that it is passed by: type, name, and what is said of it.</summary>
    public IEnumerable<(string Type, string Name, string Summary)> Parameters
    {
        get
        {
            (int steps, string floats) = (Type.Shape[0], InferencePart.Floats(Type.Shape));
            if (IsOutput)
            {
                yield return ("global::System.Span<float>", Name, $"{floats}, overwritten");
            }
            else if (IsTokens)
            {
                string count = LengthAt is null ? $"{steps}" : $"1 to {steps}";
                yield return ("global::System.ReadOnlySpan<int>", Name, $"{count} tokens, each from 0 to {Type.Vocabulary - 1}");
            }
            else
            {
                string given = LengthAt is null ? floats : $"{floats}, or those of the steps that there are alone";
                yield return ("global::System.ReadOnlySpan<float>", Name, given);
            }

            if (LengthAt is not null && !IsTokens)
                yield return ("int", LengthName, $"How many steps there are, 1 to {steps}");
        }
    }

    /// <summary>What is checked before anything is copied.</summary>
    public string? Check => IsTokens || LengthAt is not null ? null : $"{Runtime}.CheckLength({Identifier}, {Type.Shape.Length}, \"{Name}\");";

    /// <summary>Copies it into a sample, or an output out of one.</summary>
    public string Copy(string sample)
    {
        string place = $"{sample}.Slice({Offset}, {Type.Shape.Length})";
        string target = LengthAt is null ? "" : $"{sample}[{LengthAt}] = ";
        string method = LengthAt is null ? "Copy" : "CopyUpToLength";
        return IsOutput ? $"{place}.CopyTo({Identifier});"
            : IsTokens ? $"{target}{Sequences}.{method}({Identifier}, {place}, \"{Name}\");"
            : LengthAt is null ? $"{Identifier}.CopyTo({sample}.Slice({Offset}));"
            : $"{target}{Sequences}.{method}(\n    {Identifier}, {NetworkDeclaration.Escape(LengthName)}, {Type.Shape[0]}, {place}, "
                + $"\"{Name}\", \"{LengthName}\");";
    }
}
