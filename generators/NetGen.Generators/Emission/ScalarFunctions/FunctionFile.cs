using NetGen.Generators.Collections;
using NetGen.Generators.Declarations;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Emission.ScalarFunctions;

/// <summary>
/// Writes the file of a differentiable function: members of the user's type, in which every name is written out in full, and behind them
/// the code, in NetGen's own namespace.
/// </summary>
internal static class FunctionFile
{
    public static GeneratedFile Write(FunctionDeclaration function, FunctionText text, CancellationToken cancellation)
    {
        var code = new SourceWriter();
        var members = new SourceWriter();
        cancellation.ThrowIfCancellationRequested();
        string home = OwnNamespace.ClassName(function.FileName, "Function");
        FunctionMembers.Write(members, function, text, $"global::{OwnNamespace.Name}.{home}");
        FunctionCode.Write(code, function, text);

        var file = new SourceWriter();
        NetworkFile.WriteHeader(file, "the function", "", hasAliases: true);
        // A class may have a function of the same name as its base class, and then its derivatives have, too.
        file.Line("#pragma warning disable CS0108\n");
        var blocks = new Stack<IDisposable>();
        if (function.Namespace.Length > 0)
            blocks.Push(file.Open($"namespace {function.Namespace}"));
        foreach (string type in function.ContainingTypes)
            blocks.Push(file.Open(type));
        file.Line(members.ToString().TrimEnd('\n'));
        while (blocks.Count > 0)
            blocks.Pop().Dispose();
        file.Line();
        using (file.Open($"namespace {OwnNamespace.Name}"))
        {
            OwnNamespace.WriteUsings(file, code.ToString());
            using (file.Open($"internal static class {home}"))
                file.Line(code.ToString().TrimEnd('\n'));
        }

        return new GeneratedFile($"{function.FileName}.g.cs", file.ToString());
    }
}

/// <summary>The names in a function's generated text, and the formulas.</summary>
internal sealed class FunctionText
{
    // What takes a second to be generated.
    private const int MostSlopes = 60_000;

    // Short names of the code, which no parameter may hide.
    private static readonly string[] s_taken =
        ["Math", "MathF", "VectorMath", "Vector", "Unsafe", "MemoryMarshal", "RaggedEnd", "Avx512F", "V", "F32x1", "F32x16", "F32xN", "Run",
            "WithGradient", "WithGradients", "WithHessian", "WithHessianProduct", "i", "count", "lanes"];

    public FunctionText(FunctionDeclaration function)
    {
        FunctionForm form = function.Form;
        Number = form.Precision == NumberType.Single ? "float" : "double";
        Dialect = form.Precision == NumberType.Single ? VectorDialect.Scalar : VectorDialect.Double;
        Derivatives = FunctionDerivatives.Of(form.Value, Differentiated(form).SelectMany(parameter => parameter.Variables));
        IsGuarded = Derivatives.IsPartial && (form.Parameters.Sum(parameter => parameter.Count ?? 1) > 1 || Derivatives.IsFlatSomewhere);
        IsOfNumbers = form.Parameters.All(parameter => parameter.Count is null);
        var names = new LocalNames(s_taken);
        Parameters = [.. form.Parameters.Select(parameter => (parameter, names.Unique(IsPlain(parameter.Name) ? parameter.Name : "p")))];
        (Value, Gradient, Hessian, Direction, Product, Point) =
        (
            names.Unique("value"), names.Unique("gradient"), names.Unique("hessian"),
            names.Unique("direction"), names.Unique("product"), names.Unique("point"));
        Values = names.Unique("values");
        By = [.. Differentiated(form).Select(parameter => names.Unique("by" + parameter.Name.Capitalised()))];
        Names = names;
        TooMuch = Derivatives.CountSlopes(MostSlopes) > MostSlopes ? Beyond("")
            : function.HasHessianProduct && Derivatives.CountProductSlopes(MostSlopes) > MostSlopes ? Beyond("a Hessian of ")
            : null;
    }

    /// <summary>What there is too much of to be written; null if there is not.</summary>
    public string? TooMuch { get; }

    /// <summary><c>float</c> or <c>double</c>.</summary>
    public string Number { get; }

    public VectorDialect Dialect { get; }

    public FunctionDerivatives Derivatives { get; }

    /// <summary>Whether all parameters are single numbers.</summary>
    public bool IsOfNumbers { get; }

    /// <summary>The parameters and what they are called in generated code, which is not always their name.</summary>
    public IReadOnlyList<(FunctionParameter Parameter, string Name)> Parameters { get; }

    public string Value { get; }

    public string Values { get; }

    public string Gradient { get; }

    public string Hessian { get; }

    public string Direction { get; }

    public string Product { get; }

    public string Point { get; }

    /// <summary>The names of the derivatives by each parameter that is differentiated.</summary>
    public IReadOnlyList<string> By { get; }

    /// <summary>The names that are taken everywhere.</summary>
    public LocalNames Names { get; }

    private static string Beyond(string what) => $"{what}more than {MostSlopes} operations that depend on its parameters, counted for each of them";

    /// <summary>How many derivatives there are.</summary>
    public int Count => Derivatives.Variables.Count;

    /// <summary>
    /// Whether derivatives have to be taken back where the value is no number: where another variable is at fault, or none shows it.
    /// </summary>
    public bool IsGuarded { get; }

    /// <summary>The tuple of value and derivatives.</summary>
    public string Tuple => $"({Number} Value, {string.Join(", ", By.Select(by => $"{Number} {by.Capitalised()}"))})";

    /// <summary>The parameters as a method declares them.</summary>
    public IEnumerable<string> Declared => Parameters.Select(parameter =>
        parameter.Parameter.Count is null ? $"{Number} {parameter.Name}" : $"{ReadOnly} {parameter.Name}");

    /// <summary>The parameters by which there is no derivative.</summary>
    public IEnumerable<(FunctionParameter Parameter, string Name)> Fixed => Parameters.Where(parameter => !parameter.Parameter.IsDifferentiated);

    public string ReadOnly => $"global::System.ReadOnlySpan<{Number}>";

    public string Writable => $"global::System.Span<{Number}>";

    private static IEnumerable<FunctionParameter> Differentiated(FunctionForm form) => form.Parameters.Where(parameter => parameter.IsDifferentiated);


    // Keywords would need an escape, and the language's own words could become types of somebody's.
    private static bool IsPlain(string name) => NetworkDeclaration.Escape(name) == name;
}
