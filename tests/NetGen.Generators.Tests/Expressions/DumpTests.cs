using NetGen.Generators.Expressions;
namespace NetGen.Generators.Tests.Expressions;
public class DumpTests(Xunit.Abstractions.ITestOutputHelper h)
{
    [Fact] public void Dump()
    {
        foreach (var a in new[]{Activations.Relu,Activations.Relu6,Activations.LeakyRelu(.01),Activations.Elu(1),Activations.Elu(.7),Activations.Selu,Activations.Silu,Activations.Gelu,Activations.GeluTanh,Activations.Mish,Activations.Softplus,Activations.Softsign,Activations.Sigmoid,Activations.Tanh,Activations.HardSigmoid,Activations.HardSwish})
        {
            h.WriteLine($"== {a.Name}: {a.Value}\n   ' {a.Derivative}\n   y {a.DerivativeFromOutput}");
            foreach (var d in new[]{VectorDialect.Vector512, VectorDialect.Scalar}) {
            var c = new ExpressionEmitter(d, new LocalNames("x","g")).Emit(new Dictionary<string,string>{["x"]="x",["g"]="g"}, a.Value, Functions.Variable("g")*a.Derivative);
            foreach (var s in c.Statements) h.WriteLine("     "+s);
            foreach (var s in c.Values) h.WriteLine("     = "+s); }
        }
        foreach (var a in new[]{ElementwiseLosses.MeanSquaredError,ElementwiseLosses.MeanAbsoluteError,ElementwiseLosses.Huber(.7),ElementwiseLosses.SmoothL1(.5),ElementwiseLosses.BinaryCrossEntropy,ElementwiseLosses.LogCosh,ElementwiseLosses.PoissonNll})
        {
            h.WriteLine($"== {a.Name}: {a.Value}\n   ' {a.Derivative}");
            foreach (var d in new[]{VectorDialect.Vector256}) {
            var e=new ExpressionEmitter(d, new LocalNames("o","t")){HoistConstants=true};
            var c = e.Emit(new Dictionary<string,string>{["o"]="o",["t"]="t"}, a.Value, a.Derivative);
            foreach (var s in e.ConstantStatements) h.WriteLine("     #"+s);
            foreach (var s in c.Statements) h.WriteLine("     "+s);
            foreach (var s in c.Values) h.WriteLine("     = "+s); }
        }
    }
}
