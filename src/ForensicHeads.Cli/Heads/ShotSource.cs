using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>Where the shots of <c>adapt</c> come from: a video of a store, or photos.</summary>
internal sealed class ShotSource
{
    private readonly Option<string?> from =
        Options.Optional<string?>("--shots-from", "The video of a store that holds the shots.", "STORE:VIDEO");
    private readonly Option<string[]> photos = Options.Paths("--photo",
        "Photos (or paintings) of one person in place of --shots-from, each with one face; needs --consent and the face models.", "FILE");
    private readonly GivenConsent consent = new("--photo");
    private readonly Option<bool> unlike = Options.Switch("--unlike-shots", "Take photos that look like two people, too.");
    private readonly Option<string?> models =
        Options.Optional<string?>("--models", "Folder to look for the face models in first, for --photo.", "DIR");
    private readonly Option<int?> shots =
        Options.Optional<int?>("--shots", "T, the number of shots; needed with --shots-from, all photos with --photo.", "T");
    private readonly Option<string> purpose =
        Options.Default("--purpose", ConsentPurpose.SelfReenactment, "The purpose that the consent record must cover.", "TEXT");

    /// <summary>The folder of <c>--models</c>, or null.</summary>
    public string? Models(CommandRun run) => run.Find(models);

    /// <summary>Refuses photos that look like two people, unless the user knows better, and warns of such shots of one video, where a cut
    /// may have joined two tracks.</summary>
    /// <exception cref="UserErrorException">Two photos are too far apart.</exception>
    public void CheckOnePerson(CommandRun run, ShotSet set)
    {
        if (set.Shots.Count < 2 || run.Get(unlike)) return;
        using var identity = ShippedFaces.Identity(IdentityDesign.Loss);
        var consistency = ShotConsistency.Check(identity.Embed(set.Shots));
        if (run.Get(photos).Length > 0) consistency.Require(set.Keys, unlike.Name);
        else if (!consistency.Holds) run.Warn($"{consistency.Describe(set.Keys)} Look at them.");
    }

    public void AddTo(Command command)
    {
        Option[] all = [from, photos, unlike, models, shots, purpose];
        foreach (var option in all) command.Options.Add(option);
        consent.AddTo(command);
    }

    /// <summary>T.</summary>
    public int Count(CommandRun run) => run.Find(shots) is { } count and not 0 ? count : run.Get(photos).Length;

    /// <summary>Checks consent before a network or a decoder sees a face, then finds the shots.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="cropping">How the weights' frames are cut out, asked for only once consent is clear.</param>
    /// <param name="use">Takes the video that holds the shots, and the record.</param>
    public T Use<T>(CommandRun run, Func<FaceCropperOptions> cropping, Func<DriverVideo, ConsentRecord, T> use)
    {
        var files = run.Get(photos);
        if (files.Length > 0 == run.Find(from)
            is not null) throw new UserErrorException("Give either --shots-from STORE:VIDEO or --photo FILE, one of them.", exitCode: 2);
        if (Count(run) < 1) throw new UserErrorException(
            $"--shots is {(run.Find(shots) is { } count ? OptionText.Show(count) : "missing")}; allowed is 1 or more.", exitCode: 2);
        var time = run.Context.Time;
        if (run.Find(from) is { } text)
        {
            consent.Refuse(run, "--shots-from");
            var video = StoreVideo.Open(run, "--shots-from", text);
            return use(video, ConsentGate.Check(video.Store, video.Identity, run.Get(purpose), time));
        }

        var (records, who, file) = consent.Read(run);
        var record = ConsentGate.Check(records, who, run.Get(purpose), time, file);
        var options = cropping();
        using var cropper = FaceCropper.Load(run.Find(models));
        using var media = CroppedMedia.Shots(files, record, options, cropper, run.Warn, run.Progress, run.Cancellation);
        var there = media.Frames.Count;
        if (Count(run) > there) throw new UserErrorException(
            $"--shots is {Count(run)}, but --photo gives {there} frame{(there == 1 ? "" : "s")} with a face. Use --shots {there} or "
            + "fewer, or give more photos.");
        return use(DriverVideo.Of(media), record);
    }
}
