using System.CommandLine;

namespace ForensicHeads.Cli.Frame;

/// <summary><c>--device</c>, <c>--precision</c> and <c>--threads</c>, the same for every command that runs a network.</summary>
internal sealed class ComputeOptions
{
    private readonly Option<string> device = Options.Default("--device", "auto",
        "Where the networks run: auto (an NVIDIA card where one can be used), cpu, cuda or cuda:N.", "NAME");
    private readonly Option<Precision> precision = Options.Default("--precision", Precision.Float32,
        "Numbers of the forwards; tf32 and bf16 are faster on NVIDIA cards, and their last digits differ.");
    private readonly Option<int> threads =
        Options.Default("--threads", 0, "Threads of one operation, 0 for all cores; on the CPU a fixed number gives the same bytes.", "N");

    public ComputeOptions AddTo(Command command)
    {
        command.Options.Add(device);
        command.Options.Add(precision);
        command.Options.Add(threads);
        return this;
    }

    /// <summary>Puts them into force, and says where the networks really run.</summary>
    /// <exception cref="UserErrorException">Unknown, or not to be had.</exception>
    public Compute Apply(CommandRun run)
    {
        if (run.Get(threads) < 0) throw new UserErrorException($"--threads is {run.Get(threads)}; allowed is 0 (all cores) or more.",
            exitCode: 2);
        return Compute.Choose(run.Get(device), run.Get(precision), run.Get(threads), run.Warn);
    }
}
