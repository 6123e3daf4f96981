using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>
/// A function's form as the text that its generated members carry, in an attribute, for projects that have no source of it:
/// <c>double|x:4,a!|…</c> is a function in double precision of four elements and a number that is not differentiated.
/// </summary>
internal static class FormText
{
    public const string Attribute = "NetGen.CompilerServices.FunctionFormAttribute";

    /// <summary>What the members made for a function are named after it.</summary>
    public const string GradientSuffix = "WithGradient";

    public static string Write(FunctionForm form) =>
        (form.Precision == NumberType.Single ? "float|" : "double|")
        + string.Join(",", form.Parameters.Select(parameter =>
            parameter.Name + (parameter.Count is { } count ? FormattableString.Invariant($":{count}") : "")
                + (parameter.IsDifferentiated ? "" : "!")))
        + "|" + ExpressionText.Write(form.Value);

    /// <summary>The types of a function's parameters, by which overloads are told apart.</summary>
    public static string Types(FunctionForm form)
    {
        string number = form.Precision == NumberType.Single ? "float" : "double";
        return string.Join(",", form.Parameters.Select(parameter => parameter.Count is null ? number : number + "[]"));
    }

    /// <summary>The form of a function in another assembly; null where there is none that this version reads.</summary>
    public static FunctionForm? Of(IMethodSymbol method)
    {
        string types = string.Join(",", method.Parameters.Select(parameter => parameter.Type switch
        {
            { SpecialType: SpecialType.System_Single } => "float",
            { SpecialType: SpecialType.System_Double } => "double",
            IArrayTypeSymbol array => array.ElementType.ToDisplayString() + "[]",
            INamedTypeSymbol { TypeArguments: [var element] } => element.ToDisplayString() + "[]",
            var other => other.ToDisplayString(),
        }));
        return method.ContainingType.GetMembers(method.Name + GradientSuffix)
            .SelectMany(member => member.GetAttributes())
            .Where(attribute => attribute.AttributeClass?.ToDisplayString() == Attribute && attribute.ConstructorArguments.Length == 2
                && attribute.ConstructorArguments[0].Value as string == types)
            .Select(attribute => attribute.ConstructorArguments[1].Value is string text ? Read(text) : null)
            .FirstOrDefault();
    }

    public static FunctionForm? Read(string text)
    {
        string[] parts = text.Split('|');
        if (parts.Length != 3 || ExpressionText.Read(parts[2]) is not { } value)
            return null;
        return new FunctionForm(
            parts[0] == "float" ? NumberType.Single : NumberType.Double,
            parts[1].Split(',').Where(parameter => parameter.Length > 0).Select(ReadParameter).ToEquatableArray(),
            value);
    }

    private static FunctionParameter ReadParameter(string text)
    {
        string[] parts = text.TrimEnd('!').Split(':');
        int? count = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return new FunctionParameter(parts[0], count, !text.EndsWith("!", StringComparison.Ordinal));
    }
}
