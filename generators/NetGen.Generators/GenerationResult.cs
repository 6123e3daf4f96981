using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Emission;

namespace NetGen.Generators;

/// <summary>What became of one class: its files, and what is wrong with its layers.</summary>
/// <param name="FileName">The class, by the name of its files, which no other has.</param>
/// <param name="Files">The files; none where there are errors.</param>
/// <param name="Mistakes">The mistakes, at places of the declaration.</param>
internal sealed record GenerationResult(string FileName, EquatableArray<GeneratedFile> Files, EquatableArray<Mistake> Mistakes)
{
    // Without a byte order mark, which files on disk (EmitCompilerGeneratedFiles) would begin with.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public void AddTo(SourceProductionContext output)
    {
        foreach (GeneratedFile file in Files)
            output.AddSource(file.HintName, SourceText.From(file.Text, s_utf8));
    }

    /// <summary>The mistakes in a class or function and those that were found behind the first room, where they stand by now.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="results">What became of classes or functions with such mistakes.</param>
    public static IEnumerable<NetworkDiagnostic> Diagnostics<TDeclaration>(Reading<TDeclaration> reading, EquatableArray<GenerationResult> results)
        where TDeclaration : class, IDeclaration
    {
        IEnumerable<Mistake> mistakes = results.FirstOrDefault(result => result.FileName == reading.Declaration?.FileName)?.Mistakes ?? default;
        return reading.Mistakes.Concat(mistakes.Select(mistake => mistake.At(reading.Places)));
    }
}
