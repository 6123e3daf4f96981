using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>Turns the arguments of one attribute into names, numbers and places.</summary>
internal static class ArgumentReader
{
    /// <summary>The arguments, or null where one is missing or is not a constant (the compiler says so).</summary>
    public static EquatableArray<ArgumentDeclaration>? Read(AttributeData attribute, AttributeSyntax syntax, PlaceList places)
    {
        if (attribute.AttributeConstructor is not { } constructor
            || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
        {
            return null;
        }

        var written = new List<AttributeArgumentSyntax>(syntax.ArgumentList?.Arguments ?? []);
        var arguments = TypeArguments(attribute, syntax, places).ToList();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            TypedConstant constant = attribute.ConstructorArguments[parameter.Ordinal];
            if (ReadOne(parameter.Name, constant, [.. PlacesOf(parameter, written)], syntax, places) is not { } argument)
                return null;
            arguments.Add(argument);
        }

        foreach (AttributeArgumentSyntax argument in written.Where(argument => argument.NameEquals is not null))
        {
            string name = argument.NameEquals!.Name.Identifier.ValueText;
            KeyValuePair<string, TypedConstant> value = attribute.NamedArguments.FirstOrDefault(pair => pair.Key == name);
            if (value.Key is null || ReadOne(name, value.Value, [argument], syntax, places) is not { } read)
                return null;

            // null is the same as not writing the property.
            if (!value.Value.IsNull)
                arguments.Add(read);
        }

        return arguments.ToEquatableArray();
    }

    /// <summary>What was written for a parameter: nothing, one argument, or several for a params array.</summary>
    private static IEnumerable<AttributeArgumentSyntax> PlacesOf(
        IParameterSymbol parameter, List<AttributeArgumentSyntax> written)
    {
        var named = written.Where(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name).ToList();
        if (named.Count != 0)
            return named;
        IEnumerable<AttributeArgumentSyntax> positional = written
            .TakeWhile((argument, index) => argument.NameEquals is null && (argument.NameColon is null || index < parameter.Ordinal))
            .Skip(parameter.Ordinal)
            .Where(argument => argument.NameColon is null);
        return parameter.IsParams ? positional : positional.Take(1);
    }

    private static ArgumentDeclaration? ReadOne(
        string name, TypedConstant constant, List<AttributeArgumentSyntax> written, AttributeSyntax attribute, PlaceList places)
    {
        SourcePlace whole = written.Count == 0
            ? SourcePlace.Of(attribute.GetLocation())
            : SourcePlace.Between(
                SourcePlace.Of(written[0].GetLocation()), SourcePlace.Of(written[written.Count - 1].GetLocation()));
        Place place = places.Add(whole);
        switch (constant.Kind)
        {
            case TypedConstantKind.Array:
                return ReadArray(new ArgumentDeclaration(name, place), constant, written, whole, places);

            case TypedConstantKind.Type:
                return new ArgumentDeclaration(name, place) { Texts = Single((constant.Value as ITypeSymbol)?.ToDisplayString()) };

            case TypedConstantKind.Primitive when constant.Value is string or null:
                return new ArgumentDeclaration(name, place) { Texts = Single(constant.Value as string) };

            default:
                return TryNumber(constant, out double single)
                    ? new ArgumentDeclaration(name, place) { Numbers = new[] { single }.ToEquatableArray() }
                    : null;
        }
    }

    private static ArgumentDeclaration? ReadArray(
        ArgumentDeclaration argument, TypedConstant constant, List<AttributeArgumentSyntax> written, SourcePlace whole, PlaceList places)
    {
        if (constant.IsNull)
            return argument;
        var numbers = new List<double>();
        var texts = new List<string>();
        foreach (TypedConstant element in constant.Values)
        {
            if (element is { Kind: TypedConstantKind.Primitive, Value: string or null })
                texts.Add(element.Value as string ?? "");
            else if (TryNumber(element, out double number))
                numbers.Add(number);
            else
                return null;
        }

        // Where the elements are not written one by one, the whole is the place of each: how an array is written changes no declaration.
        SourcePlace[] elements = [.. Elements(written).Select(element => SourcePlace.Of(element.GetLocation()))];
        int count = numbers.Count + texts.Count;
        return argument with
        {
            Numbers = numbers.ToEquatableArray(),
            Texts = texts.ToEquatableArray(),
            ElementPlaces = (elements.Length == count ? elements : Enumerable.Repeat(whole, count)).Select(places.Add).ToEquatableArray(),
        };
    }

    /// <summary>The types between angle brackets, by their full names; one that does not exist is the compiler's to report.</summary>
    private static IEnumerable<ArgumentDeclaration> TypeArguments(AttributeData attribute, AttributeSyntax syntax, PlaceList places)
    {
        if (attribute.AttributeClass is not { IsGenericType: true } type)
            yield break;
        SeparatedSyntaxList<TypeSyntax>? written = syntax.Name.DescendantNodesAndSelf()
            .OfType<GenericNameSyntax>().LastOrDefault(name => name.Arity == type.Arity && name.Parent is not TypeArgumentListSyntax)
            ?.TypeArgumentList.Arguments;
        for (int i = 0; i < type.Arity; i++)
        {
            Location place = (written is { } types && i < types.Count ? (SyntaxNode)types[i] : syntax).GetLocation();
            yield return new ArgumentDeclaration(type.TypeParameters[i].Name, places.Add(place))
            {
                Texts = Single(Vocabulary.FullName(type.TypeArguments[i])),
            };
        }
    }

    private static EquatableArray<string> Single(string? text) => text is null ? default : new[] { text }.ToEquatableArray();

    /// <summary>The expressions of an array's elements, written as <c>new[] { … }</c>, <c>[…]</c> or params arguments.</summary>
    private static IEnumerable<ExpressionSyntax> Elements(List<AttributeArgumentSyntax> written)
    {
        if (written.Count != 1)
            return written.Select(argument => argument.Expression);
        return written[0].Expression switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
            ExpressionSyntax single => [single],
        };
    }

    // 0.1f is meant to be 0.1, not 0.100000001490116; networks compute in floats, whichever way their numbers are written.
    internal static double AsWritten(float number) => float.IsNaN(number) || float.IsInfinity(number)
        ? number
        : double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static bool TryNumber(TypedConstant constant, out double number)
    {
        number = 0;
        if (constant.Kind is not (TypedConstantKind.Primitive or TypedConstantKind.Enum))
            return false;
        switch (constant.Value)
        {
            case bool flag:
                number = flag ? 1 : 0;
                return true;
            case float single:
                number = AsWritten(single);
                return true;
            case double value:
                number = AsWritten((float)value);
                return true;
            case char or string or null:
                return false;
            case IConvertible whole:
                number = whole.ToDouble(CultureInfo.InvariantCulture);
                return true;
            default:
                return false;
        }
    }
}
