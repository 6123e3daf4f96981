using System.CommandLine;
using NetGen.Benchmarks.Quick;

var root = new RootCommand("NetGen's benchmarks: how close generated code comes to what the machine can do.")
{
    QuickCommand.Create(),
};
return root.Parse(args).Invoke();
