namespace NetGen.Numerics.Tests.Oracle;

/// <summary>
/// What a layer stores: a parameter with its gradient or a state, such as a running mean, with its next value in the gradient's place.
/// </summary>
/// <param name="role">Its name within the layer: <c>weight</c>.</param>
/// <param name="length">The number of elements.</param>
/// <param name="draw">Makes up an element.</param>
internal sealed class OracleTensor(string role, int length, Func<Random, double> draw)
{
    public string Role => role;

    /// <summary>Whether training keeps it up without training it.</summary>
    public bool IsState { get; init; }

    public double[] Values { get; } = new double[length];

    /// <summary>The gradient of the batch's loss; of a state, what the step makes of it.</summary>
    public double[] Gradient { get; } = new double[length];

    /// <summary>A weight whose products with so many inputs add up to something of the inputs' size.</summary>
    public static OracleTensor Weight(string role, int length, int inputs) =>
        new(role, length, random => Between(random, Math.Sqrt(3.0 / inputs)));

    public static OracleTensor Bias(string role, int length) => new(role, length, random => Between(random, 0.5));

    /// <summary>Elements that are floats, too.</summary>
    public void Draw(Random random)
    {
        for (int i = 0; i < Values.Length; i++)
            Values[i] = (float)draw(random);
    }

    /// <summary>Before a batch no parameter has a gradient yet, and every state is what it was.</summary>
    public void Begin()
    {
        if (IsState)
            Values.CopyTo(Gradient, 0);
        else
            Array.Clear(Gradient);
    }

    public static double Between(Random random, double scale) => (2 * random.NextDouble() - 1) * scale;
}
