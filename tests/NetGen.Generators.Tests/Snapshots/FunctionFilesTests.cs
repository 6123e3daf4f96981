using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Snapshots;

/// <summary>The generated files of a few functions, as a user reads them.</summary>
public class FunctionFilesTests
{
    [Fact]
    public void A_polynomial_with_second_derivatives() => Verify(
        """
        namespace Samples;

        public static partial class Hills
        {
            [Differentiable(Hessian = true)]
            public static double F(double x, double y, double z) => x * x + 3 * x * y + y * y + z * z * z;
        }
        """);

    [Fact]
    public void A_function_of_floats_with_one_that_is_not_differentiated() => Verify(
        """
        static partial class Activations
        {
            [Differentiable]
            internal static float Swish(float x, [NotDifferentiated] float beta) => x / (1 + MathF.Exp(-beta * x));
        }
        """);

    [Fact]
    public void A_function_with_places_where_it_has_no_value() => Verify(
        """
        public partial class Model
        {
            [Differentiable]
            private static float LogLikelihood(float k, float rate)
            {
                float logarithm = MathF.Log(rate);
                if (k > 10)
                    return k * logarithm - rate;
                return k * logarithm - rate - 0.5f * MathF.Log(1 + k * k);
            }
        }
        """);

    [Fact]
    public void A_function_of_a_span_with_a_product_of_its_second_derivatives() => Verify(
        """
        public static partial class Valleys
        {
            [Differentiable(HessianProduct = true)]
            public static double Rosenbrock([Elements(4)] ReadOnlySpan<double> x)
            {
                double sum = 0;
                for (int i = 0; i + 1 < x.Length; i++)
                {
                    double a = 1 - x[i], b = x[i + 1] - x[i] * x[i];
                    sum += a * a + 100 * b * b;
                }

                return sum;
            }
        }
        """);

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Empty(run.AllDiagnostics);
        Snapshot.Verify(Assert.Single(run.Files).Value, method: method);
    }
}
