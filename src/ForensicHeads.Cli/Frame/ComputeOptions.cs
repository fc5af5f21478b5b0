using System.CommandLine;

namespace ForensicHeads.Cli.Frame;

/// <summary><c>--device</c> and <c>--threads</c>, the same for every command that runs a network.</summary>
internal sealed class ComputeOptions
{
    private readonly Option<string> device = Options.Default("--device", "auto", "Where the networks run.", among: ["auto", "cpu", "cuda"]);
    private readonly Option<int> threads =
        Options.Default("--threads", 0, "Threads of one operation, 0 for all cores; on the CPU a fixed number gives the same bytes.", "N");

    public ComputeOptions AddTo(Command command)
    {
        command.Options.Add(device);
        command.Options.Add(threads);
        return this;
    }

    /// <summary>Puts them into force and names the device that is really used.</summary>
    /// <exception cref="UserErrorException">Unknown, or not to be had.</exception>
    public string Apply(CommandRun run)
    {
        if (run.Get(threads) < 0) throw new UserErrorException($"--threads is {run.Get(threads)}; allowed is 0 (all cores) or more.",
            exitCode: 2);
        TorchRuntime.Choose(run.Get(device));
        if (run.Get(threads) > 0) TorchRuntime.Threads = run.Get(threads);
        // The training loop makes its tensors on the default device; until it takes one, a GPU would be claimed and not used.
        if (run.Get(device) == "cuda") throw new UserErrorException(
            "The generator runs on the CPU only in this version. Use --device cpu.");
        if (run.Get(device) == "auto" && TorchRuntime.HasCuda) run.Warn(
            "a CUDA device is here and is not used: the generator runs on the CPU only in this version.");
        return "cpu";
    }
}
