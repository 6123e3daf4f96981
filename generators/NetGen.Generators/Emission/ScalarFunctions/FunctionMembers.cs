using NetGen.Generators.Declarations;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Emission.ScalarFunctions;

/// <summary>Writes the members that a function gets in its own type: documented with the formulas, and checking what they are given.</summary>
internal static class FunctionMembers
{
    private const string Checks = "global::NetGen.CompilerServices.FunctionSpan";
    private const int LongestFormula = 60, LongestFormulaLine = 120, MostFormulas = 16, MostParts = 80;

    // As many at a time as the check takes.
    private const int MostInputsChecked = 4;

    public static void Write(SourceWriter writer, FunctionDeclaration function, FunctionText text, string code)
    {
        string attribute = FormText.Attribute.Substring(0, FormText.Attribute.Length - "Attribute".Length);
        string[] form = function.Accessibility == "private"
            ? []
            : [$"[global::{attribute}(\"{FormText.Types(function.Form)}\", \"{FormText.Write(function.Form)}\")]"];
        string arguments = string.Join(", ", text.Parameters.Select(parameter => parameter.Name));
        if (text.IsOfNumbers)
        {
            Document(writer, function, text, "The value of {0} and its partial derivatives.", [], "The value, and the derivative by each parameter.");
            writer.Lines(form);
            writer.List($"{function.Accessibility} static {text.Tuple} {Name(function, "WithGradient")}", [.. text.Declared], " =>");
            writer.Lines(LongText.Lines($"{code}.WithGradient({arguments});", LongestFormulaLine).Select(line => "    " + line).Append(""));
            WritePoint(writer, function, text, code, "WithGradient", "The value of {0} at a point, and its gradient there.", []);
            WriteElementwise(writer, function, text, code);
        }
        else
        {
            Document(writer, function, text, "The value of {0} and its gradient.", [Gradient(text)], "The value.");
            writer.Lines(form);
            WriteNatural(writer, function, text, "WithGradient", code, [], []);
        }

        if (function.HasHessian)
        {
            (string, int, string)[] hessian = [(text.Hessian, text.Count * text.Count, "The second derivatives, row by row; overwritten.")];
            Document(writer, function, text, "The value of {0}, its gradient and its second derivatives.",
                [Gradient(text), Named(hessian[0])], "The value.");
            WriteNatural(writer, function, text, "WithHessian", code, [], hessian);
            if (text.IsOfNumbers)
            {
                WritePoint(
                    writer, function, text, code, "WithHessian",
                    "The value of {0} at a point, its gradient and its second derivatives there.", hessian);
            }
        }

        if (function.HasHessianProduct)
        {
            (string, int, string) direction = (text.Direction, text.Count, "The vector that the second derivatives are multiplied with.");
            (string, int, string)[] product = [(text.Product, text.Count, "The matrix of second derivatives times the direction; overwritten.")];
            Document(writer, function, text, "The value of {0}, its gradient and the product of its second derivatives with a direction.",
                [Named(direction), Gradient(text), Named(product[0])], "The value.");
            WriteNatural(writer, function, text, "WithHessianProduct", code, [direction], product);
            if (text.IsOfNumbers)
            {
                WritePoint(writer, function, text, code, "WithHessianProduct",
                    "The value of {0} at a point, its gradient and the product of its second derivatives with a direction there.",
                    product, direction);
            }
        }
    }

    /// <summary>A method of the function's own parameters, with spans for what it writes.</summary>
    private static void WriteNatural(
        SourceWriter writer, FunctionDeclaration function, FunctionText text, string suffix, string code,
        (string Name, int Length, string Words)[] read, (string Name, int Length, string Words)[] written)
    {
        (string Name, int Length)[] outputs = [(text.Gradient, text.Count), .. written.Select(span => (span.Name, span.Length))];
        string[] declared =
        [
            .. text.Declared,
            .. read.Select(span => $"{text.ReadOnly} {span.Name}"),
            .. outputs.Select(output => $"{text.Writable} {output.Name}"),
        ];
        using (writer.OpenMethod($"{function.Accessibility} static {text.Number} {Name(function, suffix)}", declared))
        {
            foreach ((FunctionParameter parameter, string name) in text.Parameters.Where(parameter => parameter.Parameter.Count is not null))
                Require(writer, name, parameter.Count!.Value);
            foreach ((string name, int length) in read.Select(span => (span.Name, span.Length)).Concat(outputs))
                Require(writer, name, length);
            string[] arguments =
                [.. text.Parameters.Select(parameter => parameter.Name), .. read.Select(span => span.Name), .. outputs.Select(output => output.Name)];
            writer.Call($"return {code}.{suffix}", arguments);
        }

        writer.Line();
    }

    /// <summary>The same with a point in place of the numbers by which there are derivatives: what minimisers call.</summary>
    private static void WritePoint(
        SourceWriter writer, FunctionDeclaration function, FunctionText text, string code, string suffix, string summary,
        (string Name, int Length, string Words)[] written, (string Name, int Length, string Words)? direction = null)
    {
        Document(writer, function, text, summary, [], "The value.", isPoint: true, more:
        [
            .. direction is { } along ? new[] { Named(along) } : [],
            Gradient(text),
            .. written.Select(Named),
        ]);
        string[] declared =
        [
            $"{text.ReadOnly} {text.Point}",
            .. direction is { } read ? new[] { $"{text.ReadOnly} {read.Name}" } : [],
            $"{text.Writable} {text.Gradient}",
            .. written.Select(span => $"{text.Writable} {span.Name}"),
            .. text.Fixed.Select(parameter => $"{text.Number} {parameter.Name}"),
        ];
        using (writer.OpenMethod($"{function.Accessibility} static {text.Number} {Name(function, suffix)}", declared))
        {
            (string Name, int Length)[] spans =
            [
                .. direction is { } vector ? new[] { (vector.Name, vector.Length) } : [],
                (text.Gradient, text.Count),
                .. written.Select(span => (span.Name, span.Length)),
            ];
            Require(writer, text.Point, text.Count);
            foreach ((string name, int length) in spans)
                Require(writer, name, length);
            int place = 0;
            string[] numbers =
                [.. text.Parameters.Select(parameter => parameter.Parameter.IsDifferentiated ? $"{text.Point}[{place++}]" : parameter.Name)];
            if (suffix == "WithGradient")
            {
                string targets = string.Join(", ", Enumerable.Range(0, text.Count).Select(i => $"{text.Gradient}[{i}]"));
                writer.Statement($"({text.Number} {text.Value}, {targets}) = {code}.{suffix}({string.Join(", ", numbers)});");
                writer.Line($"return {text.Value};");
            }
            else
            {
                writer.Call($"return {code}.{suffix}", [.. numbers, .. spans.Select(span => span.Name)]);
            }
        }

        writer.Line();
    }

    private static void WriteElementwise(SourceWriter writer, FunctionDeclaration function, FunctionText text, string code)
    {
        string[] inputs = [.. text.Parameters.Select(parameter => parameter.Name)], outputs = [text.Values, .. text.By];
        writer.Line($"/// <summary>The values of <c>{Escaped(function.Name)}</c> and its partial derivatives, element by element.</summary>");
        writer.Lines(inputs.Select(input => $"/// <param name=\"{input}\">One number for each element, as many as the others have.</param>"));
        writer.Line($"/// <param name=\"{text.Values}\">The values; at least as many, overwritten. Memory of an input, or none of one.</param>");
        writer.Lines(text.By.Select((by, i) =>
            $"/// <param name=\"{by}\">The derivatives by <c>{text.Derivatives.Variables[i].Name}</c>; at least as many, overwritten.</param>"));
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit.</exception>");
        string[] declared = [.. inputs.Select(input => $"{text.ReadOnly} {input}"), .. outputs.Select(output => $"{text.Writable} {output}")];
        using (writer.OpenMethod($"{function.Accessibility} static void {Name(function, "WithGradients")}", declared))
        {
            writer.Statements(inputs.Skip(1).Select(input => $"{Checks}.RequireLength({input}.Length, {inputs[0]}.Length, \"{input}\");"));
            foreach (string output in outputs)
            {
                for (int i = 0; i < inputs.Length; i += MostInputsChecked)
                    writer.Call($"{Checks}.RequireOutput", [output, $"\"{output}\"", .. inputs.Skip(i).Take(MostInputsChecked)]);
            }

            writer.Call($"{code}.WithGradients", [.. inputs, .. outputs]);
        }

        writer.Line();
    }

    private static void Require(SourceWriter writer, string span, int length) =>
        writer.Line($"{Checks}.RequireLength({span}.Length, {length}, \"{span}\");");

    private static string Name(FunctionDeclaration function, string suffix) => function.Name + suffix;

    private static (string Name, string Words) Gradient(FunctionText text) =>
        (text.Gradient, $"The derivatives, {text.Count} in the order of the parameters; overwritten.");

    private static (string Name, string Words) Named((string Name, int Length, string Words) span) =>
        (span.Name, $"{span.Words} {span.Length} numbers.");

    private static void Document(
        SourceWriter writer, FunctionDeclaration function, FunctionText text, string summary, (string Name, string Words)[] outputs, string returns,
        bool isPoint = false, (string Name, string Words)[]? more = null)
    {
        writer.Line($"/// <summary>{summary.Replace("{0}", $"<c>{Escaped(function.Name)}</c>")}</summary>");
        writer.Lines(["/// <remarks>", "/// <code>"]);
        writer.Lines(Formulas(function, text).SelectMany(line => LongText.Lines(line, LongestFormulaLine)).Select(line => $"/// {Escaped(line)}"));
        writer.Lines(["/// </code>", "/// </remarks>"]);
        if (isPoint)
            Parameter(text.Point, $"The numbers {string.Join(", ", text.Derivatives.Variables.Select(variable => variable.Name))}.");
        foreach ((string name, string words) in more ?? [])
            Parameter(name, words);
        foreach ((FunctionParameter parameter, string name) in isPoint ? text.Fixed : text.Parameters)
        {
            string kind = parameter.Count is { } count ? $"{count} numbers" : "A number";
            Parameter(name, parameter.IsDifferentiated ? $"{kind}." : $"{kind} by which there is no derivative.");
        }

        foreach ((string name, string words) in outputs)
            Parameter(name, words);
        writer.Line($"/// <returns>{returns}</returns>");

        void Parameter(string name, string words) => writer.Lines(
            LongText.Lines($"<param name=\"{name}\">{Escaped(words)}</param>", LongestFormulaLine).Select(line => "/// " + line));
    }

    /// <summary>The function and its derivatives as formulas, as far as they can be read.</summary>
    private static IEnumerable<string> Formulas(FunctionDeclaration function, FunctionText text)
    {
        (string Name, Expression Value)[] formulas =
        [
            (function.Name, text.Derivatives.Value),
            .. text.Derivatives.Variables.Zip(text.Derivatives.Gradient, (variable, slope) => ($"∂{function.Name}/∂{variable.Name}", slope))
                .Take(MostFormulas),
        ];
        // Some that share parts are written together; where there are many parts, each for itself that is not too long.
        IEnumerable<string> lines = ExpressionLowering.CountUses([.. formulas.Select(formula => formula.Value)]).Count <= MostParts
            ? Expressions.Formulas.Write(formulas)
            : formulas.Select(formula => $"{formula.Name} = {Formula(formula.Value)}");
        return text.Count > MostFormulas ? lines.Append($"and {text.Count - MostFormulas} more") : lines;
    }

    private static string Formula(Expression expression)
    {
        int size = 0;
        Count(expression);
        return size <= LongestFormula ? expression.ToString() : $"… ({ExpressionLowering.CountUses([expression]).Count} operations)";

        void Count(Expression e)
        {
            if (++size <= LongestFormula)
                e.Operands.ToList().ForEach(Count);
        }
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
