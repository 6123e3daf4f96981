using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using NetGen.Benchmarks.Maths;
using NetGen.Benchmarks.Quick;
using NetGen.Benchmarks.Startup;
using NetGen.Benchmarks.Sweep;
using NetGen.Benchmarks.Tiles;

// "full" hands everything after it to BenchmarkDotNet, whose options are its own.
if (args is ["full", .. var options])
{
    IConfig config = DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(80));
    BenchmarkSwitcher.FromAssembly(typeof(QuickCommand).Assembly).Run(options, config);
    return 0;
}

var root = new RootCommand("NetGen's benchmarks: how close generated code comes to what the machine can do.")
{
    QuickCommand.Create(),
    SweepCommand.Create(),
    TilesCommand.Create(),
    StartupCommand.Create(),
    MathsCommand.Create(),
    new Command("full", "The same workloads and the optimizers under BenchmarkDotNet; takes BenchmarkDotNet's own options."),
};
return root.Parse(args).Invoke();
