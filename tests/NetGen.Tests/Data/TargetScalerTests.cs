using NetGen.Data;

namespace NetGen.Tests.Data;

public sealed class TargetScalerTests
{
    private static readonly MemoryDataset s_data = new([1, 2, 3, 4], [1], [10f, -1, 20, -1, 30, -1, 40, -1], 2);

    [Fact]
    public void Targets_are_standardised_by_the_training_samples_and_brought_back()
    {
        TargetScaler scaler = TargetScaler.Standardize(s_data.Slice(0, 2));
        Dataset scaled = s_data.ScaleTargets(scaler);
        var inputs = new float[4];
        var targets = new float[8];
        scaled.Read([0, 1, 2, 3], inputs, targets);

        Assert.Equal([-1, 0, 1, 0, 3, 0, 5, 0], targets);
        scaler.Invert(targets);
        Assert.Equal([10, -1, 20, -1, 30, -1, 40, -1], targets);
        float[] row = [20, -1];
        TargetScaler.MinMax(s_data).Apply(row);
        Assert.Equal(1f / 3, row[0], 1e-6f);
        Assert.Equal(0, row[1]);
    }

    [Fact]
    public void Views_and_copies_carry_the_scaler()
    {
        TargetScaler scaler = TargetScaler.Standardize(s_data);
        Dataset scaled = s_data.ScaleTargets(scaler);

        foreach (Dataset view in (Dataset[])[
            scaled.Subset([1, 0]), scaled.Slice(0, 2), scaled.Scale(FeatureScaler.Standardize(s_data)), scaled.Weight([1, 1, 1, 1]), scaled.ToMemory(),
            scaled.Reshape(1, 1), scaled.Map(x => 2 * x), scaled.Mixup(), scaled.Split(0.5).First])
        {
            Assert.Same(scaler, view.TargetScaler);
        }

        Assert.Null(s_data.TargetScaler);
        Assert.Throws<InvalidOperationException>(() => scaled.ScaleTargets(scaler));
    }

    [Fact]
    public void What_has_no_scale_is_refused_and_what_is_no_number_named()
    {
        Assert.Throws<InvalidOperationException>(() => TargetScaler.Standardize(Samples.OfClasses(3)));
        Assert.Throws<InvalidOperationException>(() => Samples.OfClasses(3).ScaleTargets(TargetScaler.Standardize(s_data)));
        Assert.Throws<ArgumentException>(() => new MemoryDataset([1], [1], [1f], 1).ScaleTargets(TargetScaler.Standardize(s_data)));
        Assert.Contains("Sample 1 has NaN as target 0", Assert.Throws<ArgumentException>(
            () => TargetScaler.Standardize(new MemoryDataset([1, 2], [1], [1f, float.NaN], 1))).Message);
        Assert.Throws<ArgumentException>(() => new TargetScaler([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new TargetScaler([float.NaN], [1]));
    }
}
