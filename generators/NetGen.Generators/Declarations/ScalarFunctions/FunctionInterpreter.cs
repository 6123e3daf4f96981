using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>
/// Reads a function's body by running it with expressions in place of numbers: locals are what they were last given, both branches of a
/// condition run and are merged by a selection, loops run as often as their constant bounds say, and calls are written out.
/// </summary>
/// <param name="precision">The numbers in which the function is computed.</param>
/// <param name="library">The functions that can be called.</param>
/// <param name="cancellation">Stops the work when the editor has moved on.</param>
internal sealed partial class FunctionInterpreter(NumberType precision, FunctionCalls library, CancellationToken cancellation)
{
    // Enough for what people write by hand, and little enough for the recursive walks behind this one and for the editor.
    private const int MostSteps = 40_000, MostParts = 10_000, DeepestNesting = 250, LargestCondition = 250;

    /// <summary>Why a function is too large that is small.</summary>
    public static readonly string NestedTooDeep = $"operations nested more than {DeepestNesting} deep";

    private readonly Dictionary<Expression, int> _depths = new(ByReference<Expression>.Comparer);
    private Dictionary<ISymbol, Meaning> _locals = new(SymbolEqualityComparer.Default);
    private int _steps;

    /// <summary>The value of a function, in the variables of its parameters.</summary>
    /// <exception cref="NotInLanguageException">The body is not in the language.</exception>
    /// <exception cref="HalfTypedException">The compiler has something to say.</exception>
    public Expression Run(IMethodSymbol method, IReadOnlyList<FunctionParameter> parameters, IOperation body)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            FunctionParameter declared = parameters[parameter.Ordinal];
            _locals[parameter] = declared.Count is null
                ? new Numeric(declared.Variables.Single())
                : new Row(declared.Variables.Select(variable => (Expression)variable).ToEquatableArray(), IsParameter: true);
        }

        Outcome outcome = body is IMethodBodyOperation { BlockBody: { } block } ? Run(block)
            : body is IMethodBodyOperation { ExpressionBody: { } expression } ? Run(expression)
            : throw new HalfTypedException();
        return Rows.Group(Made(outcome.Returned() ?? throw new HalfTypedException(), body.Syntax));
    }

    private Outcome Run(IOperation statement)
    {
        Step(statement);
        switch (statement)
        {
            case IBlockOperation block:
                return RunAll(block.Operations);

            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    Declare(declarator);
                return Outcome.Next;

            case IExpressionStatementOperation { Operation: IAssignmentOperation or IIncrementOrDecrementOperation } expression:
                Step(expression.Operation);
                Assign(expression.Operation);
                return Outcome.Next;

            case IReturnOperation { ReturnedValue: { } value }:
                return new Outcome.Returns(Number(value));

            case IConditionalOperation conditional:
                return Branch(conditional);

            case IForLoopOperation loop:
                return Loop(loop);

            case IForEachLoopOperation loop:
                return Loop(loop);

            case IEmptyOperation:
                return Outcome.Next;

            default:
                throw Refused(DiagnosticDescriptors.StatementNotInLanguage, statement, StatementWords(statement));
        }
    }

    private Outcome RunAll(IEnumerable<IOperation> statements)
    {
        Outcome outcome = Outcome.Next;
        foreach (IOperation statement in statements)
        {
            // What is never reached the compiler warns of.
            if (outcome.Ends)
                break;
            outcome = outcome.FollowedBy(Run(statement));
        }

        return outcome;
    }

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        IOperation? value = declarator.Initializer?.Value ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer?.Value;
        if (declarator.Symbol.IsRef)
            throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, declarator, "a reference", "copy the value");
        if (value is null)
            return;
        _locals[declarator.Symbol] = Stored(Evaluate(value), value);
    }

    /// <summary>A value as a local holds it: another name for the same elements would change when these do.</summary>
    private static Meaning Stored(Meaning value, IOperation place) =>
        value is Row row && Unconverted(place) is ILocalReferenceOperation or IParameterReferenceOperation
        ? throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, place, "a second name for the same elements", "copy them one by one")
        : value is Row copied ? copied with { IsParameter = false } : value;

    private Outcome Branch(IConditionalOperation conditional)
    {
        Truth condition = Condition(conditional.Condition);
        if (condition is Truth.Known(var holds))
            return holds ? Run(conditional.WhenTrue) : conditional.WhenFalse is { } known ? Run(known) : Outcome.Next;

        Dictionary<ISymbol, Meaning> before = _locals;
        _locals = new Dictionary<ISymbol, Meaning>(before, SymbolEqualityComparer.Default);
        Outcome then = Run(conditional.WhenTrue);
        Dictionary<ISymbol, Meaning> afterThen = _locals;
        _locals = new Dictionary<ISymbol, Meaning>(before, SymbolEqualityComparer.Default);
        Outcome otherwise = conditional.WhenFalse is { } whenFalse ? Run(whenFalse) : Outcome.Next;
        if (otherwise.Ends)
            _locals = afterThen;
        else if (!then.Ends)
            Merge(condition, afterThen, conditional);
        return then.Continues && otherwise.Continues ? Outcome.Next : new Outcome.Splits(condition, then, otherwise);
    }

    /// <summary>Locals behind a condition: where its branches leave them different, they are chosen by it.</summary>
    private void Merge(Truth condition, Dictionary<ISymbol, Meaning> then, IOperation place)
    {
        foreach (KeyValuePair<ISymbol, Meaning> local in then.ToList())
        {
            // A local that only one branch gave a value is not read behind both.
            if (!_locals.TryGetValue(local.Key, out Meaning? otherwise) || ReferenceEquals(otherwise, local.Value))
                continue;
            _locals[local.Key] = Merged(condition, local.Value, otherwise, place);
        }
    }

    private Meaning Merged(Truth condition, Meaning then, Meaning otherwise, IOperation place) => (then, otherwise) switch
    {
        (Whole a, Whole b) when a.Value == b.Value => a,
        (Numeric or Whole, Numeric or Whole) => new Numeric(Made(condition.Choose(Number(then, place), Number(otherwise, place)), place.Syntax)),
        (Truth a, Truth b) => Limited(Truth.Of(condition, a, b), place),
        (Row a, Row b) when a.Elements.Count == b.Elements.Count => a with
        {
            Elements = a.Elements.Zip(b.Elements, (x, y) => x.Equals(y) ? x : Made(condition.Choose(x, y), place.Syntax)).ToEquatableArray(),
        },
        _ => throw Refused(
            DiagnosticDescriptors.ExpressionNotInLanguage, place, "arrays of a length that depends on a condition", "make them of one length"),
    };

    private Outcome Loop(IForLoopOperation loop)
    {
        Outcome outcome = Outcome.Next;
        foreach (IOperation statement in loop.Before)
            Run(statement);
        while (!outcome.Ends)
        {
            if (loop.Condition is null || Condition(loop.Condition) is not Truth.Known(var goesOn))
                throw Refused(DiagnosticDescriptors.LoopNotConstant, loop.Condition ?? loop);
            if (!goesOn)
                break;
            outcome = outcome.FollowedBy(Run(loop.Body));
            foreach (IOperation statement in loop.AtLoopBottom)
                Run(statement);
        }

        return outcome;
    }

    private Outcome Loop(IForEachLoopOperation loop)
    {
        if (Evaluate(loop.Collection) is not Row row)
            throw Refused(DiagnosticDescriptors.LoopNotConstant, loop.Collection);
        if (loop.Locals.Length != 1 || loop.Locals[0].IsRef)
            throw Refused(DiagnosticDescriptors.StatementNotInLanguage, loop, "a loop over references or parts of elements");
        Outcome outcome = Outcome.Next;
        foreach (Expression element in row.Elements)
        {
            if (outcome.Ends)
                break;
            _locals[loop.Locals[0]] = new Numeric(element);
            outcome = outcome.FollowedBy(Run(loop.Body));
            if (!ReferenceEquals(row, Evaluate(loop.Collection)) && Unconverted(loop.Collection) is ILocalReferenceOperation)
                throw Refused(DiagnosticDescriptors.StatementNotInLanguage, loop.Collection, "a loop over elements that it changes; count them");
        }

        return outcome;
    }

    private void Step(IOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException)
        {
            throw Refused(DiagnosticDescriptors.FunctionTooLarge, operation, NestedTooDeep);
        }

        if (operation is IInvalidOperation || operation.Syntax.ContainsDiagnostics)
            throw new HalfTypedException();
        if (++_steps > MostSteps)
            throw Refused(DiagnosticDescriptors.FunctionTooLarge, operation, $"more than {MostSteps} operations");
    }

    /// <summary>An expression that was made, unless it is nested deeper than what follows can walk.</summary>
    private Expression Made(Expression expression, SyntaxNode place)
    {
        if (Depth(expression) > DeepestNesting)
            expression = Rows.Group(expression);
        if (Depth(expression) > DeepestNesting)
            throw new NotInLanguageException(DiagnosticDescriptors.FunctionTooLarge, place, NestedTooDeep);
        if (_depths.Count > MostParts)
            throw new NotInLanguageException(DiagnosticDescriptors.FunctionTooLarge, place, $"more than {MostParts} operations");
        return expression;

        int Depth(Expression e)
        {
            if (!_depths.TryGetValue(e, out int depth))
                _depths.Add(e, depth = 1 + e.Operands.Select(Depth).DefaultIfEmpty(0).Max());
            return depth;
        }
    }

    private static NotInLanguageException Refused(DiagnosticDescriptor descriptor, IOperation place, params string[] words) =>
        new(descriptor, place.Syntax, words);

    private static string StatementWords(IOperation statement) => statement switch
    {
        IWhileLoopOperation => "a loop that is not 'for' or 'foreach'",
        ISwitchOperation => "a 'switch' statement; write a switch expression or 'if'",
        IBranchOperation => "a jump; write the condition into the 'if's around what it would skip",
        ITryOperation or IThrowOperation => "an exception",
        IExpressionStatementOperation { Operation: IThrowOperation } => "an exception",
        ILocalFunctionOperation => "a local function; make it a [Differentiable] method",
        IExpressionStatementOperation => "a statement that gives nothing a value",
        _ => "this kind of statement",
    };
}

/// <summary>The body is not finished, or wrong in a way that the compiler reports.</summary>
internal sealed class HalfTypedException : Exception;
