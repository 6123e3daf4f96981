using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Emission.ScalarFunctions;

/// <summary>Writes what computes a function and its derivatives: straight-line code in which nothing is computed twice.</summary>
internal static class FunctionCode
{
    private const int MostInGuard = 120;

    public static void Write(SourceWriter writer, FunctionDeclaration function, FunctionText text)
    {
        if (text.IsOfNumbers)
        {
            using (writer.OpenMethod($"internal static {text.Tuple} WithGradient", [.. text.Declared]))
                WriteTuple(writer, text);
            writer.Line();
            WriteElementwise(writer, text);
        }
        else
        {
            using (writer.OpenMethod($"internal static {text.Number} WithGradient", [.. text.Declared, $"{text.Writable} {text.Gradient}"]))
                WriteStores(writer, text, [(text.Gradient, Rows(text.Derivatives.Gradient))]);
        }

        if (function.HasHessian)
        {
            writer.Line();
            string[] parameters = [.. text.Declared, $"{text.Writable} {text.Gradient}", $"{text.Writable} {text.Hessian}"];
            using (writer.OpenMethod($"internal static {text.Number} WithHessian", parameters))
                WriteStores(writer, text, [(text.Gradient, Rows(text.Derivatives.Gradient)), (text.Hessian, Symmetrical(text))]);
        }

        if (function.HasHessianProduct)
        {
            writer.Line();
            string[] parameters =
                [.. text.Declared, $"{text.ReadOnly} {text.Direction}", $"{text.Writable} {text.Gradient}", $"{text.Writable} {text.Product}"];
            using (writer.OpenMethod($"internal static {text.Number} WithHessianProduct", parameters))
                WriteProduct(writer, text);
        }
    }

    private static void WriteTuple(SourceWriter writer, FunctionText text)
    {
        var names = new LocalNames(text.Names);
        EmittedCode code = new ExpressionEmitter(text.Dialect, names).Emit(
            text.Parameters.ToDictionary(parameter => parameter.Parameter.Name, parameter => parameter.Name),
            [text.Derivatives.Value, .. text.Derivatives.Gradient]);
        writer.Statements(code.Statements);
        if (!text.IsGuarded)
        {
            writer.Call("return ", code.Values);
            return;
        }

        writer.Statement($"{text.Number} {text.Value} = {code.Values[0]};");
        writer.Lines(Guard(text, $"({string.Join(", ", Enumerable.Repeat(text.Value, code.Values.Count))})"));
        writer.Call("return ", [text.Value, .. code.Values.Skip(1)]);
    }

    private static IEnumerable<string> Guard(FunctionText text, string result) =>
        [$"if ({text.Number}.IsNaN({text.Value}))", .. LongText.Lines($"return {result};", MostInGuard).Select(line => "    " + line)];

    // Elements of a span and the place, or the two places, where each goes.
    private static IEnumerable<(Expression Element, int[] Places)> Rows(IReadOnlyList<Expression> elements) =>
        elements.Select((element, i) => (element, new[] { i }));

    private static IEnumerable<(Expression Element, int[] Places)> Symmetrical(FunctionText text) => text.Derivatives.LowerHessian
        .SelectMany(
            (row, i) => row.Select((element, j) => (element, i == j ? new[] { i * text.Count + i } : [i * text.Count + j, j * text.Count + i])));

    private static void WriteProduct(SourceWriter writer, FunctionText text)
    {
        Variable[] direction = [.. Enumerable.Range(0, text.Count).Select(i => new Variable(FormattableString.Invariant($"{text.Direction}[{i}]")))];
        WriteStores(
            writer, text,
            [(text.Gradient, Rows(text.Derivatives.Gradient)), (text.Product, Rows(text.Derivatives.HessianTimes(direction)))],
            (text.Direction, direction));
    }

    /// <summary>Computes everything from what is read first, so that outputs may lie where inputs were, and stores it.</summary>
    private static void WriteStores(
        SourceWriter writer,
        FunctionText text,
        IReadOnlyList<(string Span, IEnumerable<(Expression Element, int[] Places)> Elements)> outputs,
        (string Span, IReadOnlyList<Variable> Variables)? more = null)
    {
        var names = new LocalNames(text.Names);
        var stores = outputs.SelectMany(output => output.Elements.Select(element => (output.Span, element.Element, element.Places))).ToList();
        Expression[] roots = [text.Derivatives.Value, .. stores.Select(store => store.Element)];
        var used = new HashSet<string>(ExpressionLowering.CountUses(roots).Keys.OfType<Variable>().Select(variable => variable.Name));
        var variables = new Dictionary<string, string>();
        foreach ((FunctionParameter parameter, string name) in text.Parameters)
        {
            if (parameter.Count is null)
                variables.Add(parameter.Name, name);
            else
                Load(name, [.. parameter.Variables]);
        }

        if (more is { } others)
            Load(others.Span, others.Variables);
        EmittedCode code = new ExpressionEmitter(text.Dialect, names).Emit(variables, roots);
        writer.Statements(code.Statements);
        writer.Statement($"{text.Number} {text.Value} = {code.Values[0]};");
        if (text.IsGuarded)
        {
            using (writer.Open($"if ({text.Number}.IsNaN({text.Value}))"))
            {
                writer.Lines(outputs.Select(output => $"{output.Span}.Fill({text.Value});"));
                writer.Line($"return {text.Value};");
            }
        }

        for (int i = 0; i < stores.Count; i++)
            writer.Statement($"{string.Concat(stores[i].Places.Select(place => $"{stores[i].Span}[{place}] = "))}{code.Values[i + 1]};");
        writer.Line($"return {text.Value};");

        void Load(string span, IReadOnlyList<Variable> elements)
        {
            (string, string)[] locals =
            [
                .. elements.Select((element, i) => (Variable: element.Name, Name: names.Unique($"{span}{i}"), Place: $"{span}[{i}]"))
                    .Where(element => used.Contains(element.Variable))
                    .Select(element =>
                    {
                        variables.Add(element.Variable, element.Name);
                        return (element.Name, element.Place);
                    }),
            ];
            writer.Declare(text.Number, locals);
        }
    }

    private static void WriteElementwise(SourceWriter writer, FunctionText text)
    {
        string[] inputs = [.. text.Parameters.Select(parameter => parameter.Name)], outputs = [text.Values, .. text.By];
        string[] spans = [.. inputs.Select(input => $"{text.ReadOnly} {input}"), .. outputs.Select(output => $"{text.Writable} {output}")];
        using (writer.OpenMethod("internal static void WithGradients", spans))
        {
            if (text.Number == "double")
            {
                WriteDoubles(writer, text, inputs, outputs);
                return;
            }

            string[] references = [.. inputs.Concat(outputs).Select(span => $"ref MemoryMarshal.GetReference({span})"), $"(nuint){inputs[0]}.Length"];
            (string condition, string wide, string narrow) = VectorDialect.TypeArguments;
            using (writer.Open($"if ({condition})"))
                writer.Call($"Run<{wide}>", references);
            using (writer.Open("else"))
                writer.Call($"Run<{narrow}>", references);
        }

        writer.Line();
        (string parameter, string constraint) = VectorDialect.TypeParameter;
        string[] declared = [.. inputs.Concat(outputs).Select(span => $"ref float {span}"), "nuint count"];
        using (writer.OpenMethod($"private static void Run{parameter}", declared, " " + constraint))
        {
            using (writer.Open("for (nuint i = 0; i < count; i += (nuint)V.Count)"))
                WriteVectors(writer, text, VectorDialect.Any, "i", [.. inputs.Select(input => (input, input))], [.. outputs]);
        }
    }

    /// <summary>Whole vectors where all operations are there for them, and the others one by one: the bits are the same.</summary>
    private static void WriteDoubles(SourceWriter writer, FunctionText text, string[] inputs, string[] outputs)
    {
        VectorDialect dialect = VectorDialect.Doubles;
        bool hasVectors = ExpressionLowering.CountUses([text.Derivatives.Value, .. text.Derivatives.Gradient]).Keys.All(dialect.Has);
        if (hasVectors)
        {
            writer.Line("int i = 0;");
            using (writer.Open($"for (; i <= {inputs[0]}.Length - {dialect.Lanes}; i += {dialect.Lanes})"))
                WriteVectors(writer, text, dialect, "(nuint)i", [.. inputs.Select(input => (input, Start(input)))], [.. outputs.Select(Start)]);
            writer.Line();
        }

        using (writer.Open($"for ({(hasVectors ? "" : "int i = 0")}; i < {inputs[0]}.Length; i++)"))
        {
            writer.Statement($"({string.Join(", ", outputs.Select(output => $"{output}[i]"))}) = "
                + $"WithGradient({string.Join(", ", inputs.Select(input => $"{input}[i]"))});");
        }

        static string Start(string span) => $"MemoryMarshal.GetReference({span})";
    }

    private static void WriteVectors(
        SourceWriter writer, FunctionText text, VectorDialect dialect, string offset, (string Name, string Reference)[] inputs, string[] outputs)
    {
        var names = new LocalNames(text.Names);
        string[] lanes = [.. inputs.Select(input => names.Unique($"{input.Name}Lanes"))];
        for (int i = 0; i < inputs.Length; i++)
            writer.Line($"{dialect.Type} {lanes[i]} = {dialect.LoadBefore(inputs[i].Reference, offset, "count")};");
        EmittedCode code = new ExpressionEmitter(dialect, names).Emit(
            text.Parameters.Select((parameter, i) => (parameter.Parameter.Name, Lanes: lanes[i])).ToDictionary(pair => pair.Name, pair => pair.Lanes),
            [text.Derivatives.Value, .. text.Derivatives.Gradient]);
        writer.Statements(code.Statements);
        string[] values = [.. code.Values];
        if (text.IsGuarded)
        {
            writer.Statement($"{dialect.Type} {text.Value} = {values[0]};");
            string isNumber = names.Unique("isNumber");
            writer.Line(dialect.DeclareIsNumber(isNumber, text.Value) + ";");
            values = [text.Value, .. values.Skip(1).Select(value => dialect.Select(isNumber, value, text.Value))];
        }

        for (int i = 0; i < outputs.Length; i++)
            writer.Statement(dialect.StoreBefore(values[i], outputs[i], offset, "count") + ";");
    }
}
