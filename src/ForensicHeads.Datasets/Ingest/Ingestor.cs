using System.Globalization;
using System.Text.Json.Serialization;
namespace ForensicHeads.Datasets.Ingest;

/// <summary>Turns a folder of videos and photos into a store of face crops.</summary>
public static class Ingestor
{
    /// <summary>Runs the ingest. A bad file costs a line in <c>rejected.jsonl</c>, never the batch; an interrupted run is taken up
    /// again.</summary>
    /// <exception cref="UserErrorException">Wrong options, nothing to read, a missing model or program, or a full disk.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished files are kept for the next run with the same
    /// <c>--out</c>.</exception>
    public static IngestSummary Run(IngestOptions options, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Run(options, () => FaceCropper.Load(options.ModelsFolder), progress, cancellation);
    }

    /// <summary>The same with a cropper that finds faces in another way.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="load">Makes the cropper once the options are known to be right; it is disposed of.</param>
    /// <param name="progress">Files done.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <inheritdoc cref="Run(IngestOptions, IProgress{StepProgress}, CancellationToken)"/>
    public static IngestSummary Run(IngestOptions options, Func<FaceCropper> load, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(load);
        var (listing, clips) = List(options);
        var inputs = clips.Where((_, index) => index % options.ShardCount == options.Shard - 1).SelectMany(clip => clip).ToArray();
        var rejected = options.Shard == 1 ? listing.Rejected : [];
        var target = ChosenPath.Of(options.Out);
        var work = target.Full + ".ingest";
        OwnFiles.CreateFolder(target.Folder, target.Name + ".ingest");
        using var alone = Take(work);
        using var writer = StoreWriter.Create(options.Out, Describe(options, listing.Layout, inputs));
        using var cropper = load();
        Leftovers.RemoveIn(work);
        var tally = new IngestTally(writer, new VideoNames(listing));
        foreach (var line in rejected) tally.Reject(line);
        Files(inputs, work, cropper, options, tally, progress, cancellation);
        if (tally.MayGenerate.Count > 0) writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson(tally.MayGenerate.Values));
        if (listing.Split is { } split) writer.WriteSplit(split);
        writer.Complete(mostKept: 0);
        OwnFiles.Delete(target.Folder, target.Name + ".ingest");
        return tally.Summary(inputs.Length + rejected.Count, listing);
    }

    /// <summary>Hash of what would be read: the files by name and length, and what is said of them.</summary>
    /// <exception cref="UserErrorException">Wrong options, or nothing to read.</exception>
    public static string HashOfInputs(IngestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (listing, clips) = List(options);
        return Hashes.OfText(string.Join('\n', clips.SelectMany(clip => clip).Select(input => CanonicalJson.ToLine(
            new { input = input with { FullPath = "" }, length = new FileInfo(input.FullPath) is { Exists: true } file ? file.Length : 0 }))
            .Concat(listing.Rejected.Select(line => line.File))));
    }

    /// <summary>What the source holds, and its files in the order in which they are read, those of one clip together: they stay in one
    /// part.</summary>
    internal static (DatasetListing Listing, IngestInput[][] Clips) List(IngestOptions options)
    {
        options.Validate();
        var listing = DatasetLayouts.Read(options.Source, options.Layout, options.Licence);
        return (listing, [.. listing.Inputs.OrderBy(input => input.File, StringComparer.Ordinal).GroupBy(VideoNames.Clip)
            .Select(clip => clip.ToArray())]);
    }

    private static FileStream Take(string work)
    {
        try
        {
            return OwnFiles.Open(work, "lock", FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException error)
        {
            throw new UserErrorException(
                $"Another process is reading videos into the store of {work}. Wait for its end, or choose another --out.", inner: error);
        }
    }

    /// <summary>Several files at a time; their frames reach the store in the order of the list, whichever is done first.</summary>
    private static void Files(
        IngestInput[] inputs, string work, FaceCropper cropper, IngestOptions options, IngestTally tally, IProgress<StepProgress>? progress,
            CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(options.Workers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = new Queue<(IngestInput Input, Task<IngestedFile> File)>();
        var done = 0;
        try
        {
            foreach (var input in inputs)
            {
                waiting.Enqueue(
                    (input, InSlot(slots, () => IngestedFile.Make(input, work, cropper, options.Cropper, stop.Token), stop.Token)));
                if (waiting.Count >= 8 * options.Workers) Take();
            }

            while (waiting.Count > 0) Take();
        }
        finally
        {
            stop.Cancel();
            // The cropper and the work folder may only go once no file uses them any more.
            foreach (var (_, task) in waiting) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }

        void Take()
        {
            cancellation.ThrowIfCancellationRequested();
            var (input, task) = waiting.Dequeue();
            tally.Add(input, task.GetAwaiter().GetResult());
            progress?.Report(new StepProgress("ingest", ++done, inputs.Length, "files", input.File));
        }
    }

    private static async Task<T> InSlot<T>(SemaphoreSlim slots, Func<T> work, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Hours of work on a thread of its own; the pool is for the frames.
            return await Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>How a face becomes a crop, as <see cref="StoreInfo.CropSpecification"/> says it.</summary>
    public static string CropText(FaceCropperOptions cropper)
    {
        ArgumentNullException.ThrowIfNull(cropper);
        return cropper.Patches ? CropRule.Patches : string.Create(CultureInfo.InvariantCulture,
            $"square, chin to brows {cropper.FaceShare} of the height with its middle at {cropper.FaceCentre}, centred on the landmarks, "
                + $"smoothed over {cropper.CropSmoothing} s, area filter, edge repeated outside");
    }

    internal static StoreInfo Describe(IngestOptions options, string layout, IngestInput[] inputs)
    {
        var cropper = options.Cropper;
        List<string> arguments = ["ingest", "--layout", layout, "--size", FormattableString.Invariant($"{options.Size}")];
        if (options.FramesPerSecond > 0) arguments.AddRange(["--fps", FormattableString.Invariant($"{options.FramesPerSecond}")]);
        if (cropper.Patches) arguments.Add("--patches");
        if (options.Licence is not null) arguments.AddRange(["--licence", options.Licence]);
        if (options.ShardCount > 1) arguments.AddRange(["--shard", $"{options.Shard}/{options.ShardCount}"]);
        return new StoreInfo
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Out))),
            Size = options.Size,
            CropSpecification = CropText(cropper),
            Arguments = arguments,
            LicenceSummary = string.Join("; ",
                inputs.Select(i => i.Licence.Length == 0 ? "not stated" : i.Licence).Distinct().Order(StringComparer.Ordinal)),
            FramesPerSecond = options.FramesPerSecond > 0 ? options.FramesPerSecond : null,
            Properties = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["face_detector"] = $"{FaceModels.FaceDetector.Name} {FaceModels.FaceDetector.Sha256}",
                ["face_landmarks"] = $"{FaceModels.Landmarks66.Name} {FaceModels.Landmarks66.Sha256}",
            },
        };
    }
}

/// <summary>What an ingest did.</summary>
/// <param name="Inputs">Files looked at, manifest rows that could not be followed included.</param>
/// <param name="Accepted">Files that gave frames; <paramref name="Partial"/> of them only some.</param>
/// <param name="Partial">Files that are cut or damaged but gave frames.</param>
/// <param name="Rejected">Files that gave nothing.</param>
/// <param name="Resumed">Files whose crops were taken over from an earlier, interrupted run.</param>
/// <param name="Frames">Frames in the store.</param>
/// <param name="FramesDecoded">Frames decoded, of all files.</param>
/// <param name="FramesWithoutFace">Frames left out because no face was followed in them.</param>
/// <param name="Listing">What the data set says of its files, those that nobody says anything of among them.</param>
/// <param name="Bystanders">Faces, each from its first to its last frame, that are not taken for the person of their file.</param>
public sealed record IngestSummary(int Inputs, int Accepted, int Partial, int Rejected, int Resumed, int Frames, long FramesDecoded,
    long FramesWithoutFace, [property: JsonIgnore] DatasetListing Listing, int Bystanders)
{
    /// <summary>0 when everything went in, 3 when some inputs were rejected, 1 when nothing was left.</summary>
    public int ExitCode => Frames == 0 ? 1 : Rejected > 0 ? 3 : 0;
}

/// <summary>One file after its analysis: its crops in the work folder, or the reason why there are none.</summary>
internal sealed record IngestedFile(string Folder, string Name, SpooledVideo? Video, bool Resumed, string? Failure)
{
    internal static IngestedFile Make(IngestInput input, string folder, FaceCropper cropper, FaceCropperOptions options,
        CancellationToken cancellation)
    {
        try
        {
            // Files that the probe will refuse unopened (empty ones, pipes, and those too long) are not read for their hash either.
            var readable = FileKinds.OfTarget(input.FullPath) == FileKind.Plain && new FileInfo(input.FullPath).Length is > 0
                and var length && length <= options.Limits.MaxBytes;
            if (input.Member is { } member) return Member(input, member, folder, cropper, options, cancellation);
            return Whole(readable ? Hashes.OfFile(input.FullPath) : Hashes.OfText(input.File), input.FullPath, folder, cropper, options,
                cancellation);
        }
        catch (Exception error) when (error is not (OperationCanceledException or UserErrorException))
        {
            return new IngestedFile(folder, "", null, false,
                $"failed unexpectedly: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static IngestedFile Whole(string sha256, string path, string folder, FaceCropper cropper, FaceCropperOptions options,
        CancellationToken cancellation)
    {
        var name = SpooledVideo.Name(sha256, options);
        if (SpooledVideo.Find(folder, name) is { } found) return new IngestedFile(folder, name, found, true, null);
        return new IngestedFile(folder, name, SpooledVideo.Make(folder, name, cropper, path, options, null, cancellation), false, null);
    }

    // Decoders want a file of its own: the member lies beside the store while it is read.
    private static IngestedFile Member(IngestInput input, ArchiveMember member, string folder, FaceCropper cropper,
        FaceCropperOptions options, CancellationToken cancellation)
    {
        var name = "member-" + Hashes.OfText(input.File) + Path.GetExtension(input.File);
        AtomicFile.Write(folder, name, to => member.CopyTo(input.FullPath, to));
        try
        {
            return Whole(PlainFile.Hash(folder, name), Path.Combine(folder, name), folder, cropper, options, cancellation);
        }
        finally
        {
            OwnFiles.Delete(folder, name);
        }
    }
}

/// <summary>What <c>ingest</c> is asked to do.</summary>
public sealed record IngestOptions
{
    /// <summary>The folder to read.</summary>
    public required string Source { get; init; }

    /// <summary>How it is laid out, by its name in <see cref="DatasetLayouts.All"/>, or <see cref="DatasetLayouts.Auto"/>. Default
    /// <c>folder</c>.</summary>
    public string Layout { get; init; } = FolderLayout.LayoutName;

    /// <summary>The store to make.</summary>
    public required string Out { get; init; }

    /// <summary>Side of the crops in pixels, 16 … 4096. Default 256.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Most frames a second that are taken, 0 … 1000; 0 takes all. Default 0.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Whether crops are four patches of the source's own pixels (<see cref="NativePatches"/>). Default false.</summary>
    public bool Patches { get; init; }

    /// <summary>The folder of <c>--models</c>; null for the usual places.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Licence of files for which the manifest states none; null when unknown.</summary>
    public string? Licence { get; init; }

    /// <summary>Which part of the inputs to take, 1 … <see cref="ShardCount"/>. Default 1.</summary>
    public int Shard { get; init; } = 1;

    /// <summary>In how many parts the inputs are divided, from 1. Default 1.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>Files read at the same time, 1 … 64. Default 2.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Limits on each file.</summary>
    public MediaLimits Limits { get; init; } = new();

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        Cropper.Validate();
        if (Shard < 1 || Shard > ShardCount)
            throw new UserErrorException($"--shard {Shard}/{ShardCount} is no part; the first of four parts is 1/4, the last 4/4.", 2);
        if (Workers is < 1 or > 64) throw new UserErrorException($"{Workers} workers are outside 1 … 64; 2 is usual.", 2);
    }

    /// <summary>How faces are cut out; each file gets its part of the processors.</summary>
    internal FaceCropperOptions Cropper => new()
    {
        Size = Size,
        FramesPerSecond = FramesPerSecond,
        Patches = Patches,
        Limits = Limits,
        Workers = Math.Clamp(Environment.ProcessorCount / Math.Max(1, Workers), 1, 64),
    };
}
