using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>What <c>generate</c> drives: a head made by <c>adapt</c>, or a program of others that is given shots.</summary>
internal sealed class HeadSource
{
    private readonly Option<string?> head = Options.Optional<string?>("--head", "A head made by 'adapt'.", "HEAD");
    private readonly Option<string?> with = Options.Optional<string?>("--with",
        "A program of others in place of --head, which is given the shots and the driver's frames.", "NAME" + GeneratorFile.Ending);
    private readonly Option<string?> from = Options.Optional<string?>("--shots-from",
        "For --with: the video of a store that holds the shots.", "STORE:VIDEO");
    private readonly Option<int> shots = Options.Default("--shots", 1, "For --with: T, the number of shots.", "T");
    private readonly Option<int> draw = Options.Default("--draw", 0, "For --with: which draw of the shots, from 0.", "N");
    private readonly Option<long> seed = Options.Default("--seed", 1L, "For --with: seed of the draws.", "N");
    private readonly RenderSettings rendering = new();

    public void AddTo(Command command)
    {
        Option[] all = [head, with, from, shots, draw, seed];
        foreach (var option in all) command.Options.Add(option);
        rendering.AddTo(command);
    }

    /// <summary>Opens it. Of a program, consent is checked before a shot is read.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="compute">Where, and in which numbers, a head's networks run.</param>
    /// <param name="written">What is written; what a program says is left beside it.</param>
    /// <param name="forHeads">Options that only heads know.</param>
    /// <returns>The head, and what lets its person's generation for a purpose pass or throws.</returns>
    /// <exception cref="UserErrorException">Both or neither, an option that does not belong to it, or no consent.</exception>
    public (IDrivenHead Head, Action<string> Allows) Open(CommandRun run, Compute compute, string written, IReadOnlyList<Option> forHeads)
    {
        var time = run.Context.Time;
        switch (run.Find(head), run.Find(with))
        {
            case ({ } path, null):
                Refuse(run, [from, shots, draw, seed], "--with", "a head has its shots already");
                var opened = HeadFile.Load(path, rendering.Of(run, compute), compute);
                return (opened, purpose => ConsentGate.CheckHead(opened.Info.Consent, opened.Info.Identity, purpose, time, path));
            case (null, { } path):
                Refuse(run, [.. rendering.All, .. forHeads], "--head", "a program works from the driver's frames as they are");
                var text = run.Find(from) ?? throw new UserErrorException(
                    "--with needs --shots-from STORE:VIDEO: the video that holds the shots. Photos become a store by 'ingest'.", 2);
                var video = StoreVideo.Open(run, from.Name, text);
                var record = ConsentGate.Check(video.Store, video.Identity, ConsentPurpose.SelfReenactment, time);
                var set = ShotSet.Of(video, run.Get(shots), video.Store.Info.Size, run.Get(draw), run.Get(seed));
                var program = ProgramGenerator.Open(path);
                return (new ProgramHead(program, set, record, run.Get(seed), CliContext.ToolVersion, written),
                    purpose => ConsentGate.Check(video.Store, video.Identity, purpose, time));
            default:
                throw new UserErrorException($"Give either --head HEAD or --with NAME{GeneratorFile.Ending}, one of them.", exitCode: 2);
        }
    }

    private static void Refuse(CommandRun run, IReadOnlyList<Option> options, string belongs, string why)
    {
        if (options.FirstOrDefault(run.IsGiven) is { } given)
            throw new UserErrorException($"{given.Name} belongs to {belongs}: {why}. Leave it out.", exitCode: 2);
    }
}

/// <summary>How <c>generate</c> computes frames.</summary>
internal sealed class RenderSettings
{
    private static readonly RenderOptions Defaults = new();
    private readonly Option<RenderRuntime?> runtime = Options.Optional<RenderRuntime?>("--runtime",
        "What computes the frames; default: onnx on the CPU, where it is faster, else torch. They differ by rounding alone.", "onnx|torch");
    private readonly Option<int> batch = Options.Default("--batch", Defaults.Batch, "Frames in one go.", "N");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [runtime, batch];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>What the user chose, checked; threads are those that <see cref="ComputeOptions"/> put into force.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="compute">Where the networks run: ONNX Runtime has the CPU alone.</param>
    public RenderOptions Of(CommandRun run, Compute compute) => new RenderOptions
    {
        Runtime = run.Find(runtime) ?? (compute.Name == Compute.Cpu.Name ? RenderRuntime.Onnx : RenderRuntime.Torch),
        Batch = run.Get(batch),
        Threads = TorchRuntime.Threads,
    }.Validated();
}
