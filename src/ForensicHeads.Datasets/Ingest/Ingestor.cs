namespace ForensicHeads.Datasets.Ingest;

/// <summary>Turns a folder of videos and photos into a store of face crops.</summary>
public static class Ingestor
{
    /// <summary>Runs the ingest. A bad file costs a line in <c>rejected.jsonl</c>, never the batch; an interrupted run is taken up again.</summary>
    /// <exception cref="UserErrorException">Wrong options, nothing to read, a missing model or program, or a full disk.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished files are kept for the next run with the same <c>--out</c>.</exception>
    public static IngestSummary Run(IngestOptions options, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Run(options, () => FaceCropper.Load(options.ModelsFolder), progress, cancellation);
    }

    /// <summary>The same with another cropper, which it disposes of.</summary>
    internal static IngestSummary Run(
        IngestOptions options, Func<FaceCropper> load, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        options.Validate();
        var listing = FolderLayout.List(options.Source, options.Licence);
        var inputs = listing.Inputs.Where((_, index) => index % options.ShardCount == options.Shard - 1).ToArray();
        var rejected = options.Shard == 1 ? listing.Rejected : [];
        var target = ChosenPath.Of(options.Out);
        var work = target.Full + ".ingest";
        using var writer = StoreWriter.Create(options.Out, Describe(options, inputs));
        using var cropper = load();
        OwnFiles.CreateFolder(target.Folder, target.Name + ".ingest");
        Leftovers.RemoveIn(work);
        var tally = new IngestTally(writer);
        foreach (var line in rejected) tally.Reject(line);
        Files(inputs, work, cropper, options, tally, progress, cancellation);
        if (tally.MayGenerate.Count > 0) writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson(tally.MayGenerate.Values));
        writer.Complete();
        OwnFiles.Delete(target.Folder, target.Name + ".ingest");
        return tally.Summary(inputs.Length + rejected.Count, listing.Unlisted);
    }

    /// <summary>Several files at a time; their frames reach the store in the order of the list, whichever is done first.</summary>
    private static void Files(
        IngestInput[] inputs, string work, FaceCropper cropper, IngestOptions options, IngestTally tally, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(options.Workers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = new Queue<(IngestInput Input, Task<IngestedFile> File)>();
        var done = 0;
        try
        {
            foreach (var input in inputs)
            {
                waiting.Enqueue((input, InSlot(slots, () => IngestedFile.Make(input, work, cropper, options.Cropper, stop.Token), stop.Token)));
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
            return await Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
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
        return FormattableString.Invariant(
            $"square, chin to brows {cropper.FaceShare} of the height with its middle at {cropper.FaceCentre}, centred on the landmarks, smoothed over {cropper.CropSmoothing} s, area filter, edge repeated outside");
    }

    private static StoreInfo Describe(IngestOptions options, IngestInput[] inputs)
    {
        var cropper = options.Cropper;
        List<string> arguments = ["ingest", "--layout", "folder", "--size", FormattableString.Invariant($"{options.Size}")];
        if (options.FramesPerSecond > 0) arguments.AddRange(["--fps", FormattableString.Invariant($"{options.FramesPerSecond}")]);
        if (options.Licence is not null) arguments.AddRange(["--licence", options.Licence]);
        if (options.ShardCount > 1) arguments.AddRange(["--shard", $"{options.Shard}/{options.ShardCount}"]);
        return new StoreInfo
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Out))),
            Size = options.Size,
            CropSpecification = CropText(cropper),
            Arguments = arguments,
            LicenceSummary = string.Join("; ", inputs.Select(i => i.Licence.Length == 0 ? "not stated" : i.Licence).Distinct().Order(StringComparer.Ordinal)),
            FramesPerSecond = options.FramesPerSecond > 0 ? options.FramesPerSecond : null,
            Properties = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["face_detector"] = $"{FaceModels.FaceDetector.Name} {FaceModels.FaceDetector.Sha256}",
                ["face_landmarks"] = $"{FaceModels.Landmarks66.Name} {FaceModels.Landmarks66.Sha256}",
            },
        };
    }
}
