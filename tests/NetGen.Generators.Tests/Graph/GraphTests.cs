using NetGen.Generators.Tests.Harness;
using NetGen.Generators.Tests.Snapshots;

namespace NetGen.Generators.Tests.Graph;

/// <summary>What the second room makes of declarations of each family, as text that stands beside this file.</summary>
public sealed class GraphTests
{
    [Fact]
    public void A_chain_of_vectors() => Verify("[Network, Input(4), Dense(8), Relu, Dropout(0.5), Dense(3), SoftmaxCrossEntropy] public partial class Net;");

    [Fact]
    public void A_chain_of_images() => Verify(
        """
        [Network, Input(1, 12, 12), Conv2D(6, 3, Padding = Padding.Same, Stride = 2), Tanh, MaxPool2D(2)]
        [Conv2D(4, 3, Groups = 2, Bias = false), GlobalAveragePool, Dense(2), Softmax, MeanSquaredError]
        public partial class Net;
        """);

    [Fact]
    public void Points_start_from_the_one_above() => Verify(
        """
        [Network, Input(3, 8, 8), SoftmaxCrossEntropy]
        public partial class TinyResNet
        {
            [Conv2D(4, 3, Padding = Padding.Same), Relu]    public partial Layer Stem { get; }
            [Conv2D(4, 3, Padding = Padding.Same)]          public partial Layer Branch { get; }
            [Add(nameof(Stem), nameof(Branch)), Relu]       public partial Layer Merged { get; }
            [GlobalAveragePool, Dense(10)]                  public partial Layer Logits { get; }
        }
        """);

    [Fact]
    public void Points_start_from_where_they_say() => Verify(
        """
        [Network, Input(6)]
        public partial class Net
        {
            [Dense(5), Tanh]                                            public partial Layer Left { get; }
            [From(Layer.Input), Dense(5), Sigmoid]                      public partial Layer Right { get; }
            [Multiply(nameof(Left), nameof(Right)), Dense(1)]           public partial Layer Gated { get; }
            [From(nameof(Left)), Dense(1), Subtract(nameof(Gated))]     public partial Layer Rest { get; }
        }
        """);

    [Fact]
    public void Several_inputs_and_outputs_and_weighted_losses() => Verify(
        """
        [Network]
        public partial class Driver
        {
            [Input(1, 6, 6), Conv2D(2, 3), Relu, Flatten, Dense(7)]             public partial Layer Image { get; }
            [Input(4), Dense(7), Relu]                                          public partial Layer Wheel { get; }
            [Add(nameof(Image), nameof(Wheel)), Relu]                           public partial Layer Trunk { get; }
            [Dense(4), SoftmaxCrossEntropy]                                     public partial Layer Kind { get; }
            [From(nameof(Trunk)), Dense(2), MeanSquaredError(Weight = 0.3)]     public partial Layer Size { get; }
            [From(nameof(Trunk)), Dense(1), Sigmoid, Output]                    public partial Layer Speed { get; }
        }
        """);

    [Fact]
    public void A_residual_block_used_three_times_in_a_chain() => Verify(
        """
        [Block, Conv2D(2, 3, Padding = Padding.Same), Relu, Conv2D(2, 3, Padding = Padding.Same)]
        public class Body;

        [Network, Input(2, 6, 6), Residual<Body>(Times = 3), Relu, GlobalAveragePool, Dense(2), SoftmaxCrossEntropy]
        public partial class Net;
        """);

    [Fact]
    public void Blocks_of_points_in_blocks_with_a_shortcut_of_another_stride() => Verify(
        """
        [Block, Conv2D(3, 3, Pad = 1, Stride = 2)] public class Halve;
        [Block, Conv2D(3, 1, Stride = 2, Bias = false)] public class Shortcut;

        [Block]
        public partial class Stage
        {
            [Residual<Halve, Shortcut>]                         public partial Layer Down { get; }
            [Conv2D(3, 1)]                                      public partial Layer Gate { get; }
            [Sigmoid, Multiply(nameof(Down))]                   public partial Layer Gated { get; }
        }

        [Network, Input(2, 8, 8)]
        public partial class Net
        {
            [Use<Stage>]                                        public partial Layer First { get; }
            [Use<Stage>(Name = "layer2"), Relu]                 public partial Layer Second { get; }
        }
        """);

    [Fact]
    public void Two_points_share_the_parameters_of_a_block() => Verify(
        """
        [Block, Dense(9), Tanh, Dense(5)] public class Tower;

        [Network, BinaryCrossEntropy]
        public partial class Siamese
        {
            [Input(6)]                                                  public partial Layer Left { get; }
            [Input(6)]                                                  public partial Layer Right { get; }
            [From(nameof(Left)), Use<Tower>(Name = "tower")]            public partial Layer LeftTower { get; }
            [From(nameof(Right)), Use<Tower>(Share = nameof(LeftTower))] public partial Layer RightTower { get; }
            [Subtract(nameof(LeftTower), nameof(RightTower))]           public partial Layer Difference { get; }
            [Multiply(nameof(Difference)), Dense(1, Name = "head")]     public partial Layer Head { get; }
        }
        """);

    [Fact]
    public void Names_in_files_are_those_of_modules_or_as_told() => Verify(
        """
        [Network, Input(4), Dense(3, Name = "fc1"), Relu, Dense(3), Dense(2, Name = "head.out")]
        public partial class Net;
        """);

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        Snapshot.Verify(GraphText.Of(GraphText.Build(source)), null, "txt", method: test);
}
