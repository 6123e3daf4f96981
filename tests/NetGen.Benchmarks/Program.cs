using System.CommandLine;
using BenchmarkDotNet.Running;
using NetGen.Benchmarks.Quick;

// "full" hands everything after it to BenchmarkDotNet, whose options are its own.
if (args is ["full", .. var options])
{
    BenchmarkSwitcher.FromAssembly(typeof(QuickCommand).Assembly).Run(options);
    return 0;
}

var root = new RootCommand("NetGen's benchmarks: how close generated code comes to what the machine can do.")
{
    QuickCommand.Create(),
    new Command("full", "The same workloads and the optimizers under BenchmarkDotNet; takes BenchmarkDotNet's own options."),
};
return root.Parse(args).Invoke();
