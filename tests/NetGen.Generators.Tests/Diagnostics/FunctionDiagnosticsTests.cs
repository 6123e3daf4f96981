using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0100 to NG0110: what is not in the language of differentiable functions, where it stands.</summary>
public class FunctionDiagnosticsTests
{
    /// <summary>Reports of members of a class; warnings of the compiler about them are its own affair.</summary>
    private static void Reports(string members, params string[] messages) => Markup.Reports(
        [$"public partial class F {{ {members} }}"], ["CS0162", "CS0168", "CS0219", "CS8321", "CS0414"], messages);

    private static void Body(string body, params string[] messages) => Reports(
        $$"""
        const double Rate = 2;
        static double s_state = 1;
        static readonly double s_readOnly = 1;
        static double Property => 1;
        static double Unmarked(double x) => x;
        [Differentiable] public static double G(double x, double y, [Elements(3)] ReadOnlySpan<double> v) { {{body}} }
        """,
        messages);

    [Theory]
    [InlineData("[Differentiable] public double {|NG0100:G|}(double x) => x;",
        "it is not static: write 'static', and pass what it reads of the object")]
    [InlineData("[Differentiable] public static double {|NG0100:G|}<T>(double x) => x;", "it is generic: write its numbers as 'float' or 'double'")]
    [InlineData("[Differentiable] public static double {|NG0100:G|}() => 1;", "it has no parameters: it is a constant")]
    [InlineData("[Differentiable] public static {|NG0100:int|} G(double x) => 1;", "it returns 'int': return 'float' or 'double'")]
    [InlineData("[Differentiable] public static {|NG0100:void|} G(double x) { }", "it returns 'void': return 'float' or 'double'")]
    [InlineData("[Differentiable] public static double {|NG0100:G|}([NotDifferentiated] double x) => 1;",
        "all of its parameters are marked [NotDifferentiated]: leave it out at one of them")]
    [InlineData("public static double H(double x) { return x; [Differentiable] static double {|NG0100:G|}(double z) => z; }",
        "it is no method of a type: make it a static method of a class")]
    [InlineData("interface I { static abstract double G(double x); } partial class C : I { [Differentiable] static double I.{|NG0100:G|}(double x) => x; }",
        "it is another name for an interface's method: leave the interface's name before it out")]
    [InlineData("static double s_x; [Differentiable] public static ref double {|NG0100:G|}(double x) => ref s_x;", "it returns a reference")]
    [InlineData("[Differentiable] public static partial double {|NG0100:G|}(double x); public static partial double G(double x) => x;",
        "it has no body here")]
    public void NG0100_not_a_function_of_numbers(string method, string flaw) =>
        Reports(method, $"'{(method.Contains(" I.") ? "F.I.G" : "G")}' cannot be differentiated because {flaw}");

    [Fact]
    public void NG0100_an_operator() => Reports(
        "[Differentiable] public static double operator {|NG0100:+|}(F a, double x) => x;",
        "'op_Addition' cannot be differentiated because it is no method of a type: make it a static method of a class");

    [Theory]
    [InlineData("{|NG0101:int n|}", "The parameter 'n' is a 'int': write 'double', as the function returns, or a span of them")]
    [InlineData("{|NG0101:float n|}", "The parameter 'n' is a 'float': write 'double', as the function returns, or a span of them")]
    [InlineData("{|NG0101:string n|}", "The parameter 'n' is a 'string': write 'double', as the function returns, or a span of them")]
    [InlineData("{|NG0101:ref double n|}", "The parameter 'n' is passed by reference: pass it by value")]
    [InlineData("{|NG0101:params double[] n|}", "The parameter 'n' is of any length: write 'ReadOnlySpan<double>' with [Elements(n)]")]
    [InlineData("{|NG0101:ReadOnlySpan<double> n|}",
        "The parameter 'n' is of any length: write [Elements(n)] before it, with n the number of elements")]
    [InlineData("{|NG0101:[Elements(0)] double[] n|}", "The parameter 'n' is of a length that is not from 1 to 1000")]
    [InlineData("{|NG0101:[Elements(1001)] Span<double> n|}", "The parameter 'n' is of a length that is not from 1 to 1000")]
    [InlineData("{|NG0101:[Elements(3)] double n|}", "The parameter 'n' is a single number, which has no [Elements(n)]")]
    [InlineData("{|NG0101:[Elements(3)] Span<float> n|}",
        "The parameter 'n' is a 'System.Span<float>': write 'double', as the function returns, or a span of them")]
    [InlineData("{|NG0101:[Elements(3)] double[,] n|}",
        "The parameter 'n' is a 'double[*,*]': write 'double', as the function returns, or a span of them")]
    public void NG0101_a_parameter_that_is_no_number(string parameter, string message) => Reports(
        $"[Differentiable] public static double G(double x, {parameter}) => x;", message);

    [Theory]
    [InlineData("{|NG0102:while (x > 0) x -= 1;|} return x;", "a loop that is not 'for' or 'foreach'")]
    [InlineData("{|NG0102:do x -= 1; while (x > 0);|} return x;", "a loop that is not 'for' or 'foreach'")]
    [InlineData("{|NG0102:switch (x) { case 1: return y; default: return x; }|}", "a 'switch' statement; write a switch expression or 'if'")]
    [InlineData("for (int i = 0; i < 3; i++) { if (x > i) {|NG0102:break;|} x += 1; } return x;",
        "a jump; write the condition into the 'if's around what it would skip")]
    [InlineData("for (int i = 0; i < 3; i++) { if (x > i) {|NG0102:continue;|} x += 1; } return x;",
        "a jump; write the condition into the 'if's around what it would skip")]
    [InlineData("{|NG0102:try { return x; } catch { return y; }|}", "an exception")]
    [InlineData("if (x > 0) {|NG0102:throw new Exception();|} return x;", "an exception")]
    [InlineData("{|NG0102:double Local(double z) => z;|} return x;", "a local function; make it a [Differentiable] method")]
    [InlineData("{|NG0102:Unmarked(x);|} return x;", "a statement that gives nothing a value")]
    [InlineData("{|NG0102:lock (typeof(F)) { }|} return x;", "this kind of statement")]
    [InlineData("{|NG0102:foreach (ref readonly double e in v) x += e;|} return x;", "a loop over references or parts of elements")]
    [InlineData("double[] a = [x, y]; foreach (double e in {|NG0102:a|}) { a[1] = e; } return a[1];",
        "a loop over elements that it changes; count them")]
    public void NG0102_a_statement(string body, string what) => Body(
        body, $"A differentiable function cannot have {what}; it has locals, assignments, 'if', 'for' with constant bounds, 'foreach' and 'return'");

    [Theory]
    [InlineData("return {|NG0103:x % y|};", "an operator of 'double' here; numbers have +, -, *, / and comparisons, conditions &&, || and !")]
    [InlineData("int i = 6; i = {|NG0103:i << 1|}; return v[i];",
        "an operator of 'int' here; numbers have +, -, *, / and comparisons, conditions &&, || and !")]
    [InlineData("int i = 0; return v[{|NG0103:1 / i|}];",
        "an operator of 'int' here; numbers have +, -, *, / and comparisons, conditions &&, || and !")]
    [InlineData("return v[{|NG0103:(int)x|}];", "a conversion to 'int'; round with Math.Floor or Math.Round, which give numbers")]
    [InlineData("double z = x; return y + ({|NG0103:z = 2|});", "an assignment within an expression; give it a statement of its own")]
    [InlineData("double z = x; return {|NG0103:z++|} + z;", "an assignment within an expression; give it a statement of its own")]
    [InlineData("{|NG0103:s_state|} = x; return x;", "a value given to something outside the function; give it to a local and return that")]
    [InlineData("Span<double> a = stackalloc double[2]; Span<double> b = {|NG0103:a|}; b[0] = x; return a[0];",
        "a second name for the same elements; copy them one by one")]
    [InlineData("double[] a = [x], b = [y]; double[] c = {|NG0103:x > 0 ? a : b|}; return c[0];",
        "one of several arrays or spans; choose between their elements")]
    [InlineData("ref double {|NG0103:r = ref x|}; x = 2; return r;", "a reference; copy the value")]
    [InlineData("double[] a = [x]; {|NG0103:if (x > 0) a = [x, y];|} return a[0];",
        "arrays of a length that depends on a condition; make them of one length")]
    [InlineData("int sign = x > 0 ? 1 : -1; return {|NG0103:sign / 2|} * x;",
        "an operator of 'int' here; numbers have +, -, *, / and comparisons, conditions &&, || and !")]
    [InlineData("var t = {|NG0103:(x, y)|}; return t.x;", "a tuple; see docs/differentiable.md for what is")]
    [InlineData("return x > 0 ? x : {|NG0103:throw new Exception()|};", "an exception; see docs/differentiable.md for what is")]
    [InlineData("return x switch { > 0 and {|NG0103:double d|} => d, _ => y };", "this kind of pattern; compare with constants")]
    [InlineData("return {|NG0103:v[^1]|};", "this kind of expression; see docs/differentiable.md for what is")]
    [InlineData("char c = {|NG0103:'a'|}; return x;", "a char; write a number of the function's type")]
    [InlineData("Func<double, double> f = {|NG0103:z => z|}; return x;", "a lambda; see docs/differentiable.md for what is")]
    [InlineData("int i = 2147483647; {|NG0103:i++|}; return x * i;", "the whole number 2147483648 here; 'int' has no room for it")]
    [InlineData("int i = 100000; return x * ({|NG0103:i * i|});", "the whole number 10000000000 here; 'int' has no room for it")]
    [InlineData("int i = int.MinValue; i = {|NG0103:-i|}; return x * i;", "the whole number 2147483648 here; 'int' has no room for it")]
    [InlineData("uint u = 0; {|NG0103:u--|}; return x * u;", "the whole number -1 here; 'uint' has no room for it")]
    [InlineData("byte b = 250; {|NG0103:b += 6|}; return x * b;", "the whole number 256 here; 'byte' has no room for it")]
    [InlineData("long l = 4611686018427387904; {|NG0103:l *= 2|}; return x * l;",
        "the whole number 9223372036854775808 here; 'long' has no room for it")]
    [InlineData("long l = 5000000000; int i = {|NG0103:(int)l|}; return x * i;", "the whole number 5000000000 here; 'int' has no room for it")]
    [InlineData("int n = x > 0 ? int.MaxValue : 0; return y * ({|NG0103:n + 1|});",
        "a whole number of any size that conditions choose; choose between real numbers")]
    [InlineData("return {|NG0103:(float)x|} * y;", "an operation in 'float' in a function of 'double'; compute it in 'double'")]
    [InlineData("return {|NG0103:MathF.Sin(0.5f)|} * y;", "an operation in 'float' in a function of 'double'; compute it in 'double'")]
    [InlineData("float f = 0.1f; {|NG0103:f += 1|}; return x * f;", "an operation in 'float' in a function of 'double'; compute it in 'double'")]
    [InlineData("int i = 3; float q = {|NG0103:i|}; return x * q;", "an operation in 'float' in a function of 'double'; compute it in 'double'")]
    [InlineData("var z = {|NG0103:new object()|}; return x;", "a new object; see docs/differentiable.md for what is")]
    [InlineData("double z = x; {|NG0103:(z, x) = (x, z)|}; return z;", "a tuple; give one value to one local")]
    [InlineData("double[] a = [x], b = [y]; return {|NG0103:a == b|} ? x : y;", "all elements at once; use them one by one")]
    [InlineData("bool[] a = [{|NG0103:x > 0|}]; return a[0] ? x : y;", "a condition as a number; choose between numbers by it")]
    public void NG0103_an_expression(string body, string what) => Body(body, $"A differentiable function cannot have {what}");

    [Theory]
    [InlineData("return {|NG0104:Unmarked(x)|};", "Unmarked")]
    [InlineData("return {|NG0104:Math.BigMul(2, 3)|} * x;", "BigMul")]
    [InlineData("return {|NG0104:Math.Round(x, 2)|};", "Round")]
    [InlineData("return {|NG0104:Math.IEEERemainder(x, y)|};", "IEEERemainder")]
    [InlineData("return {|NG0104:v.Slice(1)|}[0];", "Slice")]
    [InlineData("return {|NG0104:Math.DivRem(7, 2, out int r)|} * x;", "DivRem")]
    [InlineData("return {|NG0104:x.CompareTo(y)|};", "CompareTo")]
    [InlineData("foreach (double e in {|NG0104:v.ToArray()|}) x += e; return x;", "ToArray")]
    public void NG0104_a_call(string body, string name) => Body(
        body, $"'{name}' has no derivative that NetGen knows; call functions of Math or MathF, or one that is marked [Differentiable]");

    [Theory]
    [InlineData("s_state")]
    [InlineData("s_readOnly")]
    [InlineData("Property")]
    public void NG0105_state(string name) => Body(
        $"return x * Rate * {{|NG0105:{name}|}};",
        $"'{name}' is not a constant, so a derivative that counts it as one could be wrong later; make it 'const', or a parameter with "
        + "[NotDifferentiated]");

    [Theory]
    [InlineData("for (int i = 0; {|NG0106:i < x|}; i++) y += 1; return y;")]
    [InlineData("for (double z = 0; {|NG0106:z < 3|}; z++) y += z; return y;")]
    [InlineData("{|NG0106:for (int i = 0; ; i++) y += 1;|}")]
    public void NG0106_a_loop(string body) => Body(
        body, "How often this loop runs depends on the function's parameters; count with a whole number from one constant to another");

    [Theory]
    [InlineData("return v[{|NG0107:3|}];", "the index 3 of 3 elements; they count from 0")]
    [InlineData("double sum = 0; for (int i = 0; i <= 2; i++) sum += v[{|NG0107:i - 1|}]; return sum;",
        "the index -1 of 3 elements; they count from 0")]
    [InlineData("int i = 0; if (x > 0) i = 1; return v[{|NG0107:i|}];", "an index that is not a constant or a loop's counter; write such an index")]
    [InlineData("return v[{|NG0107:Math.Sign(x)|}];", "an index that is not a constant or a loop's counter; write such an index")]
    [InlineData("double[] a = new double[{|NG0107:Math.Sign(x)|}]; return x;",
        "a length that is not a constant from 0 to 10000; write such a length")]
    [InlineData("double[,] a = {|NG0107:new double[2, 2]|}; return x;", "an array of several dimensions; use one of one dimension")]
    public void NG0107_elements(string body, string what) => Body(body, $"A differentiable function cannot have {what}");

    [Fact]
    public void NG0107_as_many_elements_as_the_called_function_has() => Reports(
        """
        [Differentiable] public static double Pair([Elements(2)] ReadOnlySpan<double> p) => p[0] * p[1];
        [Differentiable] public static double G(double x) => {|NG0107:Pair([x, x, x])|};
        """,
        "A differentiable function cannot have 3 elements for 'p', which has 2; pass as many as it has");

    [Fact]
    public void NG0108_functions_that_call_one_another() => Reports(
        """
        [Differentiable] public static double A(double x) => x > 0 ? {|NG0108:A(x - 1)|} : x;
        [Differentiable] public static double B(double x) => {|NG0108:C(x)|};
        [Differentiable] public static double C(double x) => {|NG0108:B(x)|};
        """,
        "'A' is called here while it is still being computed, which would have no end; write a loop with constant bounds",
        "'C' is called here while it is still being computed, which would have no end; write a loop with constant bounds",
        "'B' is called here while it is still being computed, which would have no end; write a loop with constant bounds");

    [Theory]
    [InlineData("for (int i = 0; i < 300; i++) x *= 1 + {|NG0109:y / x|}; return x;", "operations nested more than 250 deep")]
    [InlineData("for (int i = 0; {|NG0109:i < 1000000|}; i++) y = x; return x;", "more than 40000 operations")]
    [InlineData("bool c = x > 0; for (int i = 0; i < 300; i++) c = {|NG0109:c || x > i|}; return c ? x : y;",
        "a condition of more than 250 comparisons")]
    public void NG0109_too_large(string body, string how) => Body(
        body, $"Written out, with its loops and calls, the function has {how}; shorten its loops, or differentiate parts of it on their own");

    [Fact]
    public void NG0109_too_large_with_what_it_calls() => Reports(
        """
        [Differentiable] public static double H(double x) { for (int i = 0; i < 60; i++) x = Math.Sin(x * x + i); return x; }
        [Differentiable] public static double G(double x) { double sum = 0; for (int i = 0; i < 60; i++) sum += {|NG0109:H(x + i)|}; return sum; }
        """,
        "Written out, with its loops and calls, the function has more than 10000 operations; shorten its loops, or differentiate parts of it on their own");

    [Fact]
    public void NG0109_too_large_for_so_many_parameters() => Reports(
        """
        [Differentiable] public static double {|NG0109:G|}([Elements(300)] ReadOnlySpan<double> x)
        {
            double largest = x[0], sum = 0;
            for (int i = 1; i < x.Length; i++)
                largest = Math.Max(largest, x[i]);
            for (int i = 0; i < x.Length; i++)
                sum += Math.Exp(x[i] - largest);
            return largest + Math.Log(sum);
        }
        """,
        "Written out, with its loops and calls, the function has more than 60000 operations that depend on its parameters, counted for each of them; "
        + "shorten its loops, or differentiate parts of it on their own");

    [Fact]
    public void NG0109_too_many_second_derivatives() => Reports(
        "[Differentiable(Hessian = true)] public static double {|NG0109:G|}([Elements(65)] ReadOnlySpan<double> v) => v[0];",
        "Written out, with its loops and calls, the function has 2145 second derivatives (HessianProduct takes as many as there are parameters); "
        + "shorten its loops, or differentiate parts of it on their own");

    [Fact]
    public void NG0110_a_member_of_that_name() => Reports(
        "[Differentiable] public static double G(double x) => x; static int {|NG0110:GWithGradients|} => 1;",
        "'GWithGradients' is the name of a member that is generated for the function 'G'; give yours another name");

    [Fact]
    public void NG0110_overloads_whose_derivatives_look_alike() => Reports(
        "[Differentiable] public static double G(double x) => x; [Differentiable] public static double {|NG0110:G|}(double x, double y) => x * y;",
        "'GWithGradient' is the name of a member that is generated for the function 'G'; give yours another name");

    [Fact]
    public void NG0001_a_function_in_a_class_that_is_not_partial() => Markup.Reports(
        "public class {|NG0001:F|} { [Differentiable] public static double G(double x) => x; }",
        "The type of the function 'F' is not partial, so nothing can be generated into it; write 'public partial class F'");

    [Fact]
    public void A_mistake_in_a_called_function_is_reported_there_alone() => Reports(
        """
        [Differentiable] public static double A(double x) => B(x);
        [Differentiable] public static double B(double x) => {|NG0103:x % 2|};
        """,
        "A differentiable function cannot have an operator of 'double' here; numbers have +, -, *, / and comparisons, conditions &&, || and !");
}
