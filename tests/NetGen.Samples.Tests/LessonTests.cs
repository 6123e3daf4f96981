namespace NetGen.Samples.Tests;

public class LessonTests
{
    [Fact]
    public void A_neuron_learns_and_and_or_and_only_a_hidden_layer_learns_xor()
    {
        Sample sample = Sample.Run("Perceptron");

        Assert.Equal(4, sample.Numbers(@"^and: (\d) of 4 right")[0]);
        Assert.Equal(4, sample.Numbers(@"^or: (\d) of 4 right")[0]);
        Assert.Equal(0.693, sample.Numbers(@"^xor: 0 of 4 right, loss (\d\.\d{3})$")[0]);
        double[] hidden = sample.Numbers(@"^xor with a hidden layer: (\d) of 4 right, loss (\d\.\d{3})$");
        Assert.Equal(4, hidden[0]);
        Assert.InRange(hidden[1], 0, 0.05);
    }

    [Fact]
    public void The_linear_unit_finds_the_line_of_least_squares()
    {
        Sample sample = Sample.Run("LinearUnit");

        double[] exact = sample.Numbers(@"^closed form: (-?[\d.]+) per year \+ (-?[\d.]+)$");
        double[] learned = sample.Numbers(@"^learned: (-?[\d.]+) per year \+ (-?[\d.]+)$");
        // Computed apart from the program: weight 1095.426, bias -304.843.
        Assert.Equal(1095.4, exact[0], 0.051);
        Assert.Equal(-304.8, exact[1], 0.051);
        Assert.Equal(exact[0], learned[0], 0.11);
        Assert.Equal(exact[1], learned[1], 0.21);
        Assert.Equal(6268, sample.Numbers(@"^6 years: (\d+)$")[0], 1.0);
    }

    [Fact]
    public void Descent_shows_the_gradient_and_a_race_that_momentum_wins_against_plain_steps()
    {
        string picture = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.svg");
        try
        {
            Sample sample = Sample.Run("Descent", [picture]);

            Assert.Equal([8, 7, 27], sample.Numbers(@"^gradient: (\S+) (\S+) (\S+)$"));
            Assert.Equal([38, 8, 7, 27], sample.Numbers(@"^derived by NetGen: f = (\S+), gradient \((\S+), (\S+), (\S+)\)$"));
            double[] newton = sample.Numbers(@"^ *Newton, exact Hessian: +(\d+) iterations to \((\S+), (\S+)\)$");
            Assert.Equal([1, 1], newton[1..]);
            Assert.True(newton[0] < sample.Numbers(@"^ *L-BFGS: +(\d+) iterations")[0]);
            Assert.Equal([0.10737, 0.21475, 0.32212], sample.Numbers(@"^step 10: \((\S+), (\S+), (\S+)\)"));
            // (1 - 0.04)ⁿ · 9 falls below √0.002 after 130 steps.
            double plain = sample.Numbers(@"^plain descent: (\d+) steps")[0];
            Assert.InRange(plain, 129, 131);
            Assert.InRange(sample.Numbers(@"^plain descent: \d+ steps, \w+: (\d+)$")[0], 10, plain / 2);
            Assert.Equal(12, File.ReadAllText(picture).Split("<polyline").Length - 1);
        }
        finally
        {
            File.Delete(picture);
        }
    }
}
