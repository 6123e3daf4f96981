using System.Xml.Linq;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Snapshots;

/// <summary>What an editor shows of a network: one summary, the user's where there is one, and the table of layers as remarks.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("", "A neural network. It has no loss: it only predicts.")]
    [InlineData("/// <summary>Tells flowers apart.</summary>\n", "Tells flowers apart.")]
    public void The_table_of_layers_is_there_whether_or_not_the_user_wrote_a_summary(string comment, string summary)
    {
        GeneratorRun run = GeneratorHarness.Run($"{comment}[Network, Input(4), Dense(3)]\npublic partial class Net;");
        Assert.Empty(run.AllDiagnostics);
        string text = run.Compilation.GetTypeByMetadataName("Net")!.GetDocumentationCommentXml()!;
        XElement documentation = XElement.Parse(text);
        Assert.Equal(summary, Assert.Single(documentation.Elements("summary")).Value.Trim());
        Assert.Contains("0      Dense(3)  3", Assert.Single(documentation.Elements("remarks")).Value, StringComparison.Ordinal);
    }
}
