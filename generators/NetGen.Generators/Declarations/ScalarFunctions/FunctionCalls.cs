using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>
/// The functions that a function may call: those of the project from their bodies, wherever these stand, and those of others from the form
/// that their generated members carry.
/// </summary>
/// <param name="compilation">The project.</param>
/// <param name="cancellation">Stops the work when the editor has moved on.</param>
internal sealed class FunctionCalls(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<IMethodSymbol, FunctionForm> _forms = new(SymbolEqualityComparer.Default);
    private readonly List<IMethodSymbol> _open = [];

    /// <summary>What a called function computes.</summary>
    /// <exception cref="NotInLanguageException">It has no form, or is being read already.</exception>
    public FunctionForm FormOf(IMethodSymbol method, IOperation call)
    {
        method = method.OriginalDefinition;
        if (!FunctionSignature.IsMarked(method))
            throw new NotInLanguageException(DiagnosticDescriptors.CallWithoutDerivative, call.Syntax, method.Name);
        if (_open.Contains(method, SymbolEqualityComparer.Default))
            throw new NotInLanguageException(DiagnosticDescriptors.CallsItself, call.Syntax, method.Name);
        if (!_forms.TryGetValue(method, out FunctionForm? form))
        {
            // What is wrong with another function is reported there.
            form = OfOtherCalled(method, call) ?? (method.DeclaringSyntaxReferences.IsEmpty
                ? throw new NotInLanguageException(DiagnosticDescriptors.CallWithoutDerivative, call.Syntax, method.Name)
                : throw new HalfTypedException());
            _forms.Add(method, form);
        }

        return form;
    }

    private FunctionForm? OfOtherCalled(IMethodSymbol method, IOperation call)
    {
        try
        {
            return OfOther(method);
        }
        catch (NotInLanguageException exception) when (exception.Descriptor == DiagnosticDescriptors.CallsItself)
        {
            // Here the circle begins that was found further on.
            throw new NotInLanguageException(DiagnosticDescriptors.CallsItself, call.Syntax, method.Name);
        }
    }

    /// <summary>What a function computes, from its body.</summary>
    /// <exception cref="NotInLanguageException">It is not in the language.</exception>
    /// <exception cref="HalfTypedException">The compiler has something to say.</exception>
    public FunctionForm Read(IMethodSymbol method, MethodDeclarationSyntax syntax, FunctionSignature signature)
    {
        _open.Add(method.OriginalDefinition);
        try
        {
            if (SyntaxNesting.TooDeep(syntax) is { } deep)
                throw new NotInLanguageException(DiagnosticDescriptors.FunctionTooLarge, deep, FunctionInterpreter.NestedTooDeep);
            IOperation body = compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellation) ?? throw new HalfTypedException();
            Expression value = new FunctionInterpreter(signature.Precision, this, cancellation).Run(method, signature.Parameters, body);
            return new FunctionForm(signature.Precision, signature.Parameters.ToEquatableArray(), value);
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    /// <summary>What another function computes, read from its body or from what its project says of it; null where that is not possible.</summary>
    public FunctionForm? OfOther(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not MethodDeclarationSyntax syntax)
            return FormText.Of(method);
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            return FormText.Of(method) ?? new FunctionCalls(Owner(syntax.SyntaxTree) ?? compilation, cancellation).OfOwn(method, syntax);
        return OfOwn(method, syntax);
    }

    private FunctionForm? OfOwn(IMethodSymbol method, MethodDeclarationSyntax syntax)
    {
        var mistakes = new List<NetworkDiagnostic>();
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree) || FunctionSignature.Read(method, syntax, mistakes) is not { } signature)
            return null;
        try
        {
            return Read(method, syntax, signature);
        }
        catch (NotInLanguageException exception) when (exception.Descriptor != DiagnosticDescriptors.CallsItself)
        {
            return null;
        }
    }

    /// <summary>The project a file belongs to, where the editor has it open beside this one.</summary>
    private Compilation? Owner(SyntaxTree tree) => compilation.References.OfType<CompilationReference>()
        .Select(reference => reference.Compilation)
        .FirstOrDefault(other => other.ContainsSyntaxTree(tree));
}
