namespace NetGen.Tests.Properties;

public sealed class MinimumProperties
{
    [Fact]
    public void Gradient_descent_of_any_kind_reaches_the_minimum_of_any_well_shaped_quadratic() => Draw.Check(numbers =>
    {
        Optimizer optimizer = numbers.OneOf<Func<Optimizer>>(
            () => new Sgd(0.2f), () => new Sgd(0.05f) { Momentum = 0.9f }, () => new Sgd(0.05f) { Momentum = 0.8f, Nesterov = true },
            () => new Adam(0.1f), () => new AmsGrad(0.1f), () => new Nadam(0.1f), () => new RAdam(0.1f), () => new AdaMax(0.1f),
            () => new RmsProp(0.05f), () => new Lion(0.05f), () => new AdaGrad(0.5f), () => new AdamW(0.1f))();
        if (optimizer is AdamW)
            optimizer.WeightDecay = 0;
        int length = numbers.Whole(1, 40);
        float[] weights = Fill(length, () => numbers.Single(-2, 2)), minimum = Fill(length, () => numbers.Single(-2, 2));
        float[] curvatures = Fill(length, () => numbers.Single(0.5f, 2));
        var gradient = new float[length];
        var schedule = new CosineSchedule(optimizer.LearningRate, 1000);
        optimizer.Prepare(length);
        for (int step = 0; step < 1000; step++)
        {
            for (int i = 0; i < length; i++)
                gradient[i] = curvatures[i] * (weights[i] - minimum[i]);
            optimizer.LearningRate = schedule.RateAt(step);
            optimizer.BeginStep();
            optimizer.Update(weights, gradient);
        }

        for (int i = 0; i < length; i++)
            Assert.True(Math.Abs(weights[i] - minimum[i]) < 0.02, $"{optimizer.GetType().Name} ends at {weights[i]}, the minimum is at {minimum[i]}");
    });

    [Fact]
    public void Full_batch_methods_reach_the_minimum_of_any_convex_quadratic() => Draw.Check(numbers =>
    {
        int length = numbers.Whole(1, 25);
        double condition = numbers.Magnitude(1, 1e4);
        double[] root = [.. Enumerable.Range(0, length * length).Select(_ => numbers.Real(-1, 1))];
        double[] minimum = [.. Enumerable.Range(0, length).Select(_ => numbers.Real(-3, 3))];
        double[] point = [.. Enumerable.Range(0, length).Select(_ => numbers.Real(-3, 3))];
        Minimizer method = numbers.OneOf<Minimizer>(
            new Lbfgs { Iterations = 5000, ChangeTolerance = 0 }, new ConjugateGradient { Iterations = 5000, ChangeTolerance = 0 });

        // ½·‖R·(x − m)‖² + ½·‖x − m‖² · |R|² / condition, whose curvatures are at least the last factor.
        double least = length / condition;
        MinimizationResult result = method.Minimize(
            (x, gradient) =>
            {
                double value = 0;
                for (int i = 0; i < length; i++)
                {
                    gradient[i] = least * (x[i] - minimum[i]);
                    value += 0.5 * gradient[i] * (x[i] - minimum[i]);
                }

                for (int row = 0; row < length; row++)
                {
                    double product = 0;
                    for (int i = 0; i < length; i++)
                        product += root[row * length + i] * (x[i] - minimum[i]);
                    for (int i = 0; i < length; i++)
                        gradient[i] += root[row * length + i] * product;
                    value += 0.5 * product * product;
                }

                return value;
            },
            point);

        // The distance is at most the gradient's length divided by the smallest curvature.
        double within = Math.Max(1e-9, Math.Sqrt(length) * Math.Max(result.GradientNorm, 1e-7) / least);
        Assert.True(result.GradientNorm < 1e-5, $"{method.GetType().Name}: {result.End}, gradient {result.GradientNorm} after {result.Iterations} iterations");
        for (int i = 0; i < length; i++)
            Assert.Equal(minimum[i], point[i], within);
    });

    private static float[] Fill(int length, Func<float> draw) => [.. Enumerable.Range(0, length).Select(_ => draw())];
}
