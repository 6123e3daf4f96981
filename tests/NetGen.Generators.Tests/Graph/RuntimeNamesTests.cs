using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Tests.Graph;

/// <summary>Generated code calls the runtime by names that stand in the generator as text: each is a member of the runtime.</summary>
public sealed partial class RuntimeNamesTests
{
    private static readonly Assembly s_runtime = typeof(Layer).Assembly;

    [Fact]
    public void Every_name_of_the_runtime_in_the_generators_texts_is_a_member_of_it()
    {
        string[] names = [.. Texts().SelectMany(text => Name().Matches(text)).Select(match => match.Groups[1].Value).Distinct()
            .Where(name => !name.StartsWith("Generated.", StringComparison.Ordinal)) // The namespace of generated kernels is no part of the runtime.
            .Order(StringComparer.Ordinal)];
        Assert.True(names.Length > 10, "The generator's texts name next to nothing of the runtime, so the search for them is at fault.");
        Assert.DoesNotContain(names, name => !Resolves(name.TrimEnd('.').Split('.')));
    }

    /// <summary>A namespace or a type and, behind a type, a member of it; the last part may be the beginning of one that is filled in.</summary>
    private static bool Resolves(string[] parts)
    {
        for (int length = parts.Length; length > 0; length--)
        {
            string name = "NetGen." + string.Join('.', parts.Take(length));
            Type? type = s_runtime.GetExportedTypes().FirstOrDefault(candidate => candidate.FullName!.Split('`')[0] == name);
            if (type is not null)
                return length == parts.Length || type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
                    .Any(member => member.Name == parts[length]);
        }

        return s_runtime.GetExportedTypes().Any(type => type.FullName!.StartsWith("NetGen." + string.Join('.', parts), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Texts()
    {
        using var image = new PEReader(File.OpenRead(typeof(NetworkGraph).Assembly.Location));
        MetadataReader metadata = image.GetMetadataReader();
        for (UserStringHandle handle = metadata.GetNextHandle(default(UserStringHandle)); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            yield return metadata.GetUserString(handle);
    }

    [GeneratedRegex(@"global::NetGen\.([A-Za-z][A-Za-z0-9.]*)")]
    private static partial Regex Name();
}
