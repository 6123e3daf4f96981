using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>What code is generated for: an equatable declaration without symbols, syntax or places.</summary>
internal interface IDeclaration
{
    /// <summary>What the names of the generated files begin with, unique.</summary>
    string FileName { get; }

    /// <summary>The name of the class or function.</summary>
    string Name { get; }
}

/// <summary>
/// What was read of one class or function: the declaration, or null where half-typed code or a mistake leaves none, the mistakes in the class
/// or function itself, and what the declaration's places stand for.
/// </summary>
internal sealed record Reading<TDeclaration>(
    TDeclaration? Declaration, EquatableArray<NetworkDiagnostic> Mistakes, EquatableArray<SourcePlace> Places = default)
    where TDeclaration : class, IDeclaration;
