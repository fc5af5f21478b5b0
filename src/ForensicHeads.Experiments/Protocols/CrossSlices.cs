namespace ForensicHeads.Experiments.Protocols;

/// <summary>Train on one slice, test on another, people in folds: <c>ff</c> against <c>ft</c>, shot counts against each other, clean
/// against compressed.</summary>
/// <remarks>
/// Each test clip is scored once a training slice, by a model that saw nobody of its fold. Scores of different folds are pooled after each
/// fold's training median of real scores is taken off, so that a model's own offset does not enter the AUC.
/// </remarks>
internal static class CrossSlices
{
    /// <summary>One slice: which clips it holds and the tables that show them (a condition changes the tables, a mode the clips).</summary>
    /// <param name="Name">Name of the slice.</param>
    /// <param name="Holds">Whether a generated clip belongs to it; real clips belong to all.</param>
    /// <param name="Candidate">How clips of this slice are measured and scored.</param>
    public sealed record Slice(string Name, Func<Clip, bool> Holds, ClipCandidate Candidate);

    /// <summary>Modes (<c>ff</c>, <c>ft</c>) or shot counts as slices of one table.</summary>
    /// <exception cref="UserErrorException">Fewer than two different values.</exception>
    public static IReadOnlyList<Slice> By(string what, IReadOnlyList<Clip> clips, Func<Clip, string?> key, ClipCandidate candidate)
    {
        var names = clips.Where(clip => clip.Generated).Select(key).OfType<string>().Distinct().OrderBy(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal).ToArray();
        if (names.Length < 2) throw new UserErrorException(
            $"The generated clips have {(names.Length == 0 ? $"no {what}" : $"only the {what} {names[0]}")}; at least two are needed. "
            + "Name stores of heads made with both.");
        return [.. names.Select(name => new Slice(name, clip => key(clip) == name, candidate))];
    }

    /// <summary>The whole matrix.</summary>
    public static IReadOnlyList<CrossCell> Run(IReadOnlyList<Clip> clips, IReadOnlyList<Slice> slices, int folds, long seed,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var fold = RealFolds.Of(clips, folds, seed);
        var cells = new Dictionary<(string, string), List<ClusteredScore>>();
        var counts = new Dictionary<(string, string), (int Real, int Generated)>();
        long done = 0;
        for (var k = 0; k < folds; k++)
        {
            var people = clips.Where(clip => !clip.Generated && fold[clip.Identity] == k).ToArray();
            var held = people.SelectMany(clip => clip.Links).ToHashSet(StringComparer.Ordinal);
            // A generated clip is tested with the people it shares anything with, so those of nobody in the real clips only train.
            var test = clips.Where(clip => clip.Generated ? held.Overlaps(clip.Links) : fold[clip.Identity] == k).ToArray();
            var known = test.SelectMany(clip => clip.Links).ToHashSet(StringComparer.Ordinal);
            var rest = clips.Where(clip => !known.Overlaps(clip.Links)).ToArray();
            foreach (var trained in slices)
            {
                cancellation.ThrowIfCancellationRequested();
                var train = rest.Where(clip => !clip.Generated || trained.Holds(clip)).ToArray();
                if (train.All(clip => clip.Generated) || !train.Any(clip => clip.Generated))
                    throw new UserErrorException(
                        $"Without the people of fold {k + 1}, {train.Count(clip => !clip.Generated)} real and "
                        + $"{train.Count(clip => clip.Generated)} generated clips of '{trained.Name}' are left to train on; both must be "
                        + "above 0. Add people.");
                TrainTestGuard.Check(train, test);
                foreach (var tested in slices)
                {
                    var asked = test.Where(clip => !clip.Generated || tested.Holds(clip)).ToArray();
                    var own = train.Where(clip => !clip.Generated).ToArray();
                    var scores = trained.Candidate.Score(train, [.. asked, .. own], seed, tested.Candidate);
                    var middle = Median(scores[asked.Length..]);
                    var cell = (trained.Name, tested.Name);
                    if (!cells.TryGetValue(cell, out var list)) cells[cell] = list = [];
                    list.AddRange(asked.Select((clip, i) => new ClusteredScore(clip.Identity, clip.Generated, scores[i] - middle)));
                    var (real, generated) = counts.GetValueOrDefault(cell);
                    counts[cell] = (real + asked.Count(clip => !clip.Generated), generated + asked.Count(clip => clip.Generated));
                }

                progress?.Report(new StepProgress("slices", ++done, (long)folds * slices.Count, "models"));
            }
        }

        return
        [
            .. from trained in slices from tested in slices let cell = (trained.Name, tested.Name)
               select new CrossCell(trained.Name, tested.Name, ClusteredAuc.Interval(cells[cell]), counts[cell].Real,
                   counts[cell].Generated),
        ];
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>Refuses a training side that shares a person, group, driver or source with the test side.</summary>
public static class TrainTestGuard
{
    /// <summary>Checks two sides.</summary>
    /// <exception cref="UserErrorException">Something is on both; the message names it and two clips.</exception>
    public static void Check(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var owner = new Dictionary<string, Clip>(StringComparer.Ordinal);
        foreach (var clip in test)
            foreach (var link in clip.Links) owner.TryAdd(link, clip);
        foreach (var clip in train)
        {
            if (clip.Links.Order(StringComparer.Ordinal).FirstOrDefault(owner.ContainsKey) is not { } shared) continue;
            throw new UserErrorException(
                $"{shared} is in training ({clip.Id}) and in the test ({owner[shared].Id}); a number with such a leak does not count. "
                + "Leave one of them out.");
        }
    }
}
