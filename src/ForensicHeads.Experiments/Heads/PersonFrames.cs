using System.Globalization;
using ForensicHeads.Datasets;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Baselines;
using ForensicHeads.Generator.Frames;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Generator.Training;

namespace ForensicHeads.Experiments.Heads;

/// <summary>Makes one person's frames of an experiment: true driver frames, few-shot fakes, anchors and baselines, all in one store.</summary>
public sealed class PersonFrames(ExperimentConfig config, GeneratorWeights weights, FrameAutoEncoder autoEncoder)
{
    /// <summary>Part of the cache key: raise it when the same inputs would give other frames.</summary>
    private const string CodeVersion = "person-frames-2";

    /// <summary>The store of a person, from the cache when its inputs are unchanged.</summary>
    /// <param name="plan">Shots and drivers.</param>
    /// <param name="role">Anchors and baselines are made for test people, the reconstruction for validation people too.</param>
    /// <param name="other">The next test person, whose vector is swapped in; null for none.</param>
    /// <param name="folder">Where the store lies.</param>
    /// <param name="cancellation">Stops between fine-tuning steps.</param>
    public FrameStore Make(PersonPlan plan, SplitRole role, PersonPlan? other, string folder, CancellationToken cancellation)
    {
        var info = new StoreInfo
        {
            Name = $"frames of {plan.Plan.Identity}",
            Size = weights.Preset.Size,
            CropSpecification = "experiment",
            Arguments = [CodeVersion, role.ToString(), plan.Hash(), other?.Hash() ?? "", weights.Sha256, autoEncoder.Sha256, CanonicalJson.ToLine(new { config.Seed, config.Adapt, config.Shots, config.Draws, config.DriverFrames, config.DriverRule })],
            LicenceSummary = "as the source store",
        };
        if (Cached(folder, info) is { } cached) return cached;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);

        using var writer = StoreWriter.Create(folder, info);
        var drivers = plan.Drivers();
        Write(writer, plan, drivers.Select(driver => driver.Image).ToArray(), new Made(null, null));
        FewShot(writer, plan, drivers, cancellation);
        Anchors(writer, plan, drivers, role, cancellation);
        if (role == SplitRole.Test) Baselines(writer, plan, drivers, cancellation);
        if (other is not null) Swap(writer, plan, other, drivers, cancellation);
        return writer.Complete();
    }

    private void Swap(StoreWriter writer, PersonPlan plan, PersonPlan other, IReadOnlyList<Shot> drivers, CancellationToken cancellation)
    {
        using var head = new FewShotGenerator(weights, config.Adapt with { Mode = AdaptMode.Ff }).Adapt(other.Shots(other.Plan.Draws[0], other.Plan.PossibleShotCounts[^1]), null, cancellation);
        Write(writer, plan, Render(head, drivers), new Made(FakeKind.Swapped, weights.Sha256) { Shown = other.Plan.Identity });
    }

    private static FrameStore? Cached(string folder, StoreInfo info)
    {
        try
        {
            if (!Directory.Exists(folder)) return null;
            var store = FrameStore.Open(folder);
            if (!store.Info.Arguments.SequenceEqual(info.Arguments)) return null;
            // A damaged entry is made again, not used.
            store.Verify();
            return store;
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private void FewShot(StoreWriter writer, PersonPlan plan, IReadOnlyList<Shot> drivers, CancellationToken cancellation)
    {
        foreach (var draw in plan.Plan.Draws)
        {
            foreach (var count in plan.Plan.PossibleShotCounts)
            {
                var shots = plan.Shots(draw, count);
                foreach (var mode in new[] { AdaptMode.Ff, AdaptMode.Ft })
                {
                    using var head = new FewShotGenerator(weights, config.Adapt with { Mode = mode, Seed = config.Seed + draw.Draw }).Adapt(shots, null, cancellation);
                    Write(writer, plan, Render(head, drivers), new Made(FakeKind.FewShot, weights.Sha256) { Mode = mode == AdaptMode.Ff ? "ff" : "ft", Shots = count, Draw = draw });
                }
            }
        }
    }

    private void Anchors(StoreWriter writer, PersonPlan plan, IReadOnlyList<Shot> drivers, SplitRole role, CancellationToken cancellation)
    {
        var truth = drivers.Select(driver => driver.Image).ToArray();
        Write(writer, plan, Array.ConvertAll(truth, FrameTensor.PassThrough), new Made(FakeKind.Passthrough, null));
        if (role == SplitRole.Train) return;
        Write(writer, plan, autoEncoder.Reconstruct(truth), new Made(FakeKind.Reconstruct, autoEncoder.Sha256));
        if (role != SplitRole.Test) return;
        var generator = new FewShotGenerator(weights, config.Adapt with { Mode = AdaptMode.Ft, Seed = config.Seed });
        using (var nobody = generator.Nobody()) Write(writer, plan, Render(nobody, drivers), new Made(FakeKind.Nobody, weights.Sha256));
        using var all = generator.Adapt(plan.Everything(), null, cancellation);
        Write(writer, plan, Render(all, drivers), new Made(FakeKind.AllFrames, weights.Sha256));
    }

    private static void Baselines(StoreWriter writer, PersonPlan plan, IReadOnlyList<Shot> drivers, CancellationToken cancellation)
    {
        foreach (var draw in plan.Plan.Draws)
        {
            foreach (var count in plan.Plan.PossibleShotCounts)
            {
                foreach (IHeadGenerator baseline in new IHeadGenerator[] { new NearestShotCopy(), new AffineWarp() })
                {
                    using var head = baseline.Adapt(plan.Shots(draw, count), null, cancellation);
                    Write(writer, plan, Render(head, drivers), new Made(baseline.Name, null) { Shots = count, Draw = draw });
                }
            }
        }
    }

    private static RgbImage[] Render(ITalkingHead head, IReadOnlyList<Shot> drivers) => head.Render(drivers.Select(driver => driver.Landmarks).ToArray());

    private static void Write(StoreWriter writer, PersonPlan plan, RgbImage[] images, Made made)
    {
        for (var i = 0; i < images.Length; i++)
        {
            var driver = plan.Plan.DriverFrames[i];
            var kind = made.Generator is null ? "real" : string.Join('-', new[] { made.Generator, made.Mode, made.Shots is { } t ? FormattableString.Invariant($"t{t}") : null, made.Draw is { } d ? FormattableString.Invariant($"d{d.Draw}") : null }.Where(part => part is not null));
            // Everything that the common path carries is the driver's own, so that no field can tell the classes apart.
            writer.Add(driver with
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"{driver.Identity}-{kind}-{i:D4}"),
                Landmarks = plan.DriverLandmarks(i),
                Label = made.Generator is null ? "real" : "generated",
                Identity = made.Shown ?? driver.Identity,
                Generator = made.Generator,
                WeightsSha256 = made.Weights,
                Mode = made.Mode,
                Shots = made.Shots,
                Draw = made.Draw?.Draw,
                DriverVideo = made.Generator is null ? null : driver.Video,
                DriverFrame = made.Generator is null ? null : driver.FrameNumber,
                NearestShotDistance = made.Draw is { } draw && made.Shots is { } shots ? draw.NearestShotDistances[shots][i] : null,
            }, images[i]);
        }
    }

    private sealed record Made(string? Generator, string? Weights)
    {
        public string? Mode { get; init; }

        public int? Shots { get; init; }

        public ShotDraw? Draw { get; init; }

        // Whose face it is, where that is not the driver's: who withdraws must find these frames, too.
        public string? Shown { get; init; }
    }
}
