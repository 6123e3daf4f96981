using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0001 to NG0009: the class that carries [Network].</summary>
public class ClassDiagnosticsTests
{
    private const string Layers = "[Network, Input(4), Dense(2)]";
    private const string NoRecord = "copying and comparing a network by value would share its parameters: write 'class' instead of 'record'";

    [Fact]
    public void NG0001_a_class_that_is_not_partial() => Markup.Reports(
        $"{Layers} public sealed class {{|NG0001:Net|}};",
        "The network 'Net' is not partial, so nothing can be generated into it; write 'public sealed partial class Net'");

    [Fact]
    public void NG0002_a_class_in_one_that_is_not_partial() => Markup.Reports(
        $"public static class {{|NG0002:Outer|}} {{ public partial struct Middle {{ {Layers} internal partial class Net; }} }}",
        "The network 'Net' stands in 'Outer', which is not partial, so nothing can be generated into it; write 'public static partial class Outer'");

    [Fact]
    public void NG0002_a_class_in_a_record_struct_that_is_not_partial() => Markup.Reports(
        $"public readonly record struct {{|NG0002:Outer|}} {{ {Layers} internal partial class Net; }}",
        "The network 'Net' stands in 'Outer', which is not partial, so nothing can be generated into it; write 'public readonly partial record "
        + "struct Outer'");

    [Fact]
    public void NG0003_a_generic_class() => Markup.Reports(
        $"{Layers} public partial class {{|NG0003:Net|}}<T>;",
        "The network 'Net' is generic, but a network's shapes are fixed; remove the type parameters");

    [Fact]
    public void NG0003_a_class_in_a_generic_one() => Markup.Reports(
        $"public partial interface {{|NG0003:IOuter|}}<T> {{ {Layers} public partial class Net; }}",
        "The network 'Net' is generic because 'IOuter' has type parameters, but a network's shapes are fixed; remove the type parameters, or move "
        + "the network out of 'IOuter'");

    [Theory]
    [InlineData("public {|NG0004:static|} partial class Net;", "static", "each instance has its own parameters: remove 'static'")]
    [InlineData("public {|NG0004:abstract|} partial class Net;", "abstract", "networks are created by training and loading: remove 'abstract'")]
    [InlineData("{|NG0004:file|} partial class Net;", "file-local", "generated code stands in another file and cannot see it: remove 'file'")]
    [InlineData("public partial {|NG0004:record|} Net;", "a record", NoRecord)]
    [InlineData("public partial {|NG0004:record|} class Net(int Size);", "a record", NoRecord)]
    public void NG0004_a_class_of_the_wrong_kind(string declaration, string kind, string advice) => Markup.Reports(
        $"{Layers} {declaration}", $"The network 'Net' is {kind}, but must be an ordinary class: {advice}");

    [Fact]
    public void NG0004_a_class_in_a_file_local_one() => Markup.Reports(
        $"{{|NG0004:file|}} partial class Outer {{ {Layers} public partial class Net; }}",
        "The network 'Net' is inside a file-local type, but must be an ordinary class: generated code stands in another file and cannot see it: "
        + "remove 'file'");

    [Theory]
    [InlineData("[Network] public partial struct Net;")]
    [InlineData("[Network] public partial record struct Net;")]
    [InlineData("[Network] public partial interface INet;")]
    public void A_type_that_the_compiler_refuses_is_not_reported_twice(string declaration) =>
        Markup.Reports([declaration], ["CS0592"]);

    [Fact]
    public void NG0005_attributes_on_two_declarations() => Markup.Reports(
        ["[Network, Input(4), Dense(2)] public partial class Net;", "[{|NG0005:Relu|}, Dense(3)] partial class Net;"], [],
        "'Relu' stands on another partial declaration of 'Net' than the rest of the network, and attributes on several declarations have no order; "
        + "move all of them to one declaration");

    [Fact]
    public void NG0005_each_further_declaration_is_reported_once() => Markup.Reports(
        "[Input(4)] [Dense(2)] partial class Net; [{|NG0005:Relu|}] [Dense(3)] partial class Net; [Network] partial class Net; [{|NG0005:Dense(1)|}] "
        + "partial class Net;",
        "'Relu' stands on another partial declaration of 'Net' than the rest of the network, and attributes on several declarations have no order; "
        + "move all of them to one declaration",
        "'Dense(1)' stands on another partial declaration of 'Net' than the rest of the network, and attributes on several declarations have no "
        + "order; move all of them to one declaration");

    [Fact]
    public void Layers_may_all_stand_on_another_declaration_than_the_network_attribute() => Markup.Reports(
        ["[Network] public partial class Net { }", "[Input(4)] [Dense(2)] partial class Net;"], []);

    [Fact]
    public void NG0006_a_network_that_derives_from_a_network() => Markup.Reports(
        $"{Layers} public partial class Base; public class Middle : Base; {Layers} public partial class Net : {{|NG0006:Middle|}};",
        "The network 'Net' derives from the network 'Base', whose generated members it would hide; repeat the layers of 'Base' on 'Net', or hold a "
        + "'Base' in a field");

    [Theory]
    [InlineData("public int {|NG0007:InputLength|} => 3;", "InputLength")]
    [InlineData("public static float[] {|NG0007:Parameters|} = [];", "Parameters")]
    [InlineData("public class {|NG0007:Description|};", "Description")]
    [InlineData("public void {|NG0007:Predict|}(ReadOnlySpan<float> image, Span<float> scores) { }", "Predict")]
    [InlineData("public float {|NG0007:Predict|};", "Predict")]
    [InlineData("public new int {|NG0007:ToString|} => 3;", "ToString")]
    [InlineData("public void {|NG0007:InputLength|}(int x) { }", "InputLength")]
    public void NG0007_a_member_with_the_name_of_a_generated_one(string member, string name) => Markup.Reports(
        $"{Layers} public partial class Net {{ {member} }}",
        $"'{name}' is a name that the code generated into the network 'Net' needs; give yours another name");

    [Theory]
    [InlineData("public float[] Parameters = [];", "Parameters")]
    [InlineData("protected virtual void Save(string path) { }", "Save")]
    public void NG0007_an_inherited_member_with_the_name_of_a_generated_one(string member, string name) => Markup.Reports(
        $"public class Base {{ {member} }} public class Middle : Base; {Layers} public partial class Net : {{|NG0007:Middle|}} {{ }}",
        $"'{name}' is a name that the code generated into the network 'Net' needs; give yours another name");

    [Fact]
    public void NG0007_a_network_with_the_name_of_a_generated_member() => Markup.Reports(
        $"{Layers} public partial class {{|NG0007:Predict|}};",
        "'Predict' is a name that the code generated into the network 'Predict' needs; give yours another name");

    [Theory]
    [InlineData("public float[] Predict(float[] image) => image;")]
    [InlineData("public float Predict(ReadOnlySpan<float> image) => 0;")]
    [InlineData("public void Save(System.IO.Stream stream) { }")]
    [InlineData("public override string ToString() => \"mine\";")]
    [InlineData("public void Predict<T>(ReadOnlySpan<float> image, Span<float> scores) { }")]
    public void Overloads_of_generated_methods_are_welcome(string member) =>
        Markup.Reports($"{Layers} public partial class Net {{ {member} }}");

    [Fact]
    public void NG0009_a_language_that_is_too_old()
    {
        const string Marked = "[Network, Input(4), Dense(2)] public partial class {|NG0009:Net|} { }";
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compile(LanguageVersion.CSharp12, Markup.Strip(Marked)));
        Markup.Verify(
            [Marked],
            ["Generated networks need C# 13.0 or later, but this project compiles as C# 12.0; remove <LangVersion> from the project file or raise it"],
            run.Diagnostics);
        Assert.Empty(run.Compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void Several_mistakes_in_the_class_are_reported_together() => Markup.Reports(
        $"{Layers} public {{|NG0004:abstract|}} class {{|NG0001:Net|}};",
        "The network 'Net' is abstract, but must be an ordinary class: networks are created by training and loading: remove 'abstract'",
        "The network 'Net' is not partial, so nothing can be generated into it; write 'public abstract partial class Net'");
}
