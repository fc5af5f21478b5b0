namespace ForensicHeads.Experiments.Heads;

/// <summary>What a data set for detectors has of a person: the fakes, where it is asked for as many true frames beside them, and all of it
/// under each of some conditions.</summary>
/// <remarks>True frames are of the same person, so that nobody's face tells the classes apart. Both classes are thinned out to the smaller
/// one's number, every sequence by the same share, to a run in its middle.</remarks>
/// <param name="source">The store of true frames.</param>
/// <param name="request">Conditions, balance and seed.</param>
internal sealed class PersonSet(FrameStore source, FakeRequest request)
{
    /// <summary>Writes it; all fakes as they are where nothing else was asked for.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="fakes">A store of one person's fakes.</param>
    /// <param name="cancellation">Stops between two sequences.</param>
    public void Write(StoreWriter writer, FrameStore fakes, CancellationToken cancellation)
    {
        if (request is { Conditions: null, Balance: false })
        {
            foreach (var frame in fakes.Frames) StoreCopy.Frame(fakes, frame, writer);
            return;
        }

        var made = Sequences(fakes, fakes.Frames);
        var own = request.Balance ? [.. fakes.Identities.SelectMany(person =>
            Sequences(source, source.FramesOf(person).Where(frame => frame.IsReal)))] : Array.Empty<Sequence>();
        var most = request.Balance ? Math.Min(Count(made), Count(own)) : Count(made);
        foreach (var sequence in Thinned(made, most).Concat(Thinned(own, most)))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var condition in request.Conditions ?? [FrameConditions.Clean])
            {
                if (condition == FrameConditions.Clean)
                    foreach (var frame in sequence.Frames) StoreCopy.Frame(sequence.Store, frame, writer);
                else Changed(writer, sequence, condition, cancellation);
            }
        }
    }

    private void Changed(StoreWriter writer, Sequence sequence, string condition, CancellationToken cancellation)
    {
        var sized = new (FrameRecord Record, RgbImage Picture)[sequence.Frames.Length];
        ParallelLoop.Run(sized.Length, i => sized[i] = StoreCopy.Reduced(sequence.Store, sequence.Frames[i], writer.Size), cancellation);
        ConditionFrame[] frames = [.. sized.Select(one => new ConditionFrame(one.Picture, one.Record.Landmarks, one.Record.Key,
            one.Record.DriverVideo ?? one.Record.Video))];
        var changed = FrameConditions.ByName(condition, request.Shots.Seed).Apply([frames], cancellation).Single().Images;
        foreach (var ((record, _), picture) in sized.Zip(changed)) writer.Add(record with
        {
            Key = FrameKey.Of($"{record.Key}-{condition}"),
            // A clip of its own: frames that underwent different things are never taken together.
            Video = $"{record.Video}@{condition}",
            Condition = condition,
        }, picture);
    }

    private static Sequence[] Sequences(FrameStore store, IEnumerable<FrameRecord> frames) =>
        [.. frames.GroupBy(frame => (frame.Video, frame.Track, frame.Origin))
            .Select(group => new Sequence(store, [.. group.OrderBy(frame => frame.FrameNumber)]))];

    private static int Count(Sequence[] sequences) => sequences.Sum(sequence => sequence.Frames.Length);

    // Shares of whole frames that add up to the number.
    private static IEnumerable<Sequence> Thinned(Sequence[] sequences, int most)
    {
        var (total, before, taken) = ((long)Count(sequences), 0L, 0);
        foreach (var sequence in sequences)
        {
            before += sequence.Frames.Length;
            var share = (int)(before * most / total) - taken;
            taken += share;
            if (share > 0) yield return sequence with { Frames = [.. FrameRuns.Middle(sequence.Frames, share)] };
        }
    }

    private sealed record Sequence(FrameStore Store, FrameRecord[] Frames);
}
