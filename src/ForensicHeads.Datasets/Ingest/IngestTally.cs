namespace ForensicHeads.Datasets.Ingest;

/// <summary>Writes finished files to the store and counts.</summary>
internal sealed class IngestTally(StoreWriter writer, VideoNames names)
{
    private static readonly string[] Scope = [ConsentPurpose.SelfReenactment, ConsentPurpose.Research];
    private int accepted;
    private int partial;
    private int rejected;
    private int resumed;
    private int bystanders;
    private long decoded;
    private long without;

    /// <summary>Consent records of the people who may be generated and of whom there are frames.</summary>
    internal SortedDictionary<string, ConsentRecord> MayGenerate { get; } = new(StringComparer.Ordinal);

    internal void Reject(RejectedInput input)
    {
        rejected++;
        writer.Reject(input);
    }

    internal void Add(IngestInput input, IngestedFile file)
    {
        if (file.Video is not { } video)
        {
            Reject(new RejectedInput(input.File, input.Identity, file.Failure!,
                "Report this with the file; the other files are not affected."));
            return;
        }

        decoded += video.FramesDecoded;
        without += video.FramesWithoutFace;
        if (file.Resumed) resumed++;
        if (video.Status == MediaStatus.Rejected)
        {
            Reject(new RejectedInput(input.File, input.Identity, video.Reason!, "Give another copy or take the file out."));
            return;
        }

        var shown = FaceChoice.Tracks(video.Frames, input.Face);
        Bystanders(input, [.. video.Frames.Where(frame => !shown.Contains(frame.Track))]);
        if (shown.Length == 0)
        {
            Reject(new RejectedInput(input.File, input.Identity,
                input.Face is null ? $"several faces are seen at once, and nothing says which of them is '{input.Identity}'"
                : "no face lies in the box of the column face at its time",
                $"Say in the manifest's column face which: {FaceChoice.Forms}."));
            return;
        }

        accepted++;
        if (video.Status == MediaStatus.Partial)
        {
            partial++;
            writer.Reject(new RejectedInput(input.File, input.Identity, $"partial: {video.Reason}",
                "Its frames carry the status partial; give a whole copy if there is one."));
        }

        foreach (var run in video.Without)
            writer.Reject(
                new RejectedInput(input.File, input.Identity, $"no face was followed in {run.Count} frame{(run.Count == 1 ? "" : "s")}",
                "Nothing to do unless a face can be seen there.", run.From, run.To));
        video.Read(file.Folder, file.Name, (frame, png) =>
        {
            if (shown.Contains(frame.Track)) writer.AddPng(Row(input, video, frame), png);
        });
        if (input.MayGenerate) MayGenerate.TryAdd(input.Identity, Consent(input));
    }

    internal IngestSummary Summary(int inputs, DatasetListing listing) =>
        new(inputs, accepted, partial, rejected, resumed, writer.Count, decoded, without, listing, bystanders);

    // Whoever stands beside the person agreed to nothing: their frames stay out of the store.
    private void Bystanders(IngestInput input, SpooledFrame[] frames)
    {
        foreach (var track in frames.GroupBy(frame => frame.Track).OrderBy(track => track.Key))
        {
            bystanders++;
            writer.Reject(new RejectedInput(input.File, null,
                FormattableString.Invariant($"a bystander in {track.Count()} frames, track {track.Key}"),
                $"Nothing to do; where this is the person, say so in the manifest's column face: {FaceChoice.Forms}.",
                track.First().FrameNumber, track.Last().FrameNumber));
        }
    }

    private FrameRecord Row(IngestInput input, SpooledVideo video, SpooledFrame frame)
    {
        var number = frame.FrameNumber + (input.Frame?.Number ?? 0);
        var said = video.Row(input, names.Of(input), frame with { FrameNumber = number }) with
        {
            Sound = input.Sound?.Text(),
            Compression = input.Compression,
            OfficialSplit = input.OfficialSplit,
            Collection = input.Collection,
        };
        // Of a clip that is fake in parts, the other frames are real.
        if (input.FakeSeconds?.Any(part => frame.TimeS >= part.From && frame.TimeS <= part.To) == false)
            return said with { Origin = FrameOrigin.Real };
        return said with
        {
            DriverVideo = names.Find(input.Driver),
            DriverIdentity = names.Find(input.Driver) is null ? input.Driver : null,
            ReferenceVideos = input.Reference.Count == 0 ? null : string.Join(' ', input.Reference.Select(names.Find).OfType<string>()),
            TargetIdentity = input.Target,
            SourceIdentity = input.Source,
        };
    }

    internal static ConsentRecord Consent(IngestInput input) => new()
    {
        Identity = input.Identity,
        Basis = ConsentBasis.Licence,
        Scope = Scope,
        Contact = input.Licence.Length == 0 ? "the owner of the source; no licence text was given"
            : $"as the licence says: {input.Licence}",
    };
}
