namespace ForensicHeads.Experiments.Quality;

/// <summary>The gallery: every test person by the mean identity vector of true frames from another video than the drivers'.</summary>
/// <param name="Vectors">The mean vectors.</param>
/// <param name="Alone">People with one video, who are not in it.</param>
/// <param name="WithShots">People whose only other video is the one that the shots came from; the shots themselves were left out.</param>
internal sealed record PersonGallery(IdentityGallery Vectors, IReadOnlyList<string> Alone, IReadOnlyList<string> WithShots)
{
    private const int MostFrames = 32;

    /// <summary>Embeds up to 32 frames a person, evenly spread.</summary>
    public static PersonGallery Make(IFaceIdentity judge, IReadOnlyList<PersonPlan> plans, CancellationToken cancellation)
    {
        var vectors = new Dictionary<string, IReadOnlyList<float[]>>(StringComparer.Ordinal);
        var (alone, withShots) = (new List<string>(), new List<string>());
        foreach (var plan in plans)
        {
            cancellation.ThrowIfCancellationRequested();
            var (frames, sharesVideo) = Frames(plan);
            if (frames.Count == 0) alone.Add(plan.Plan.Identity);
            else vectors[plan.Plan.Identity] = judge.Embed(frames);
            if (sharesVideo) withShots.Add(plan.Plan.Identity);
        }

        return new PersonGallery(new IdentityGallery(vectors), alone, withShots);
    }

    private static (IReadOnlyList<Shot> Frames, bool SharesVideo) Frames(PersonPlan plan)
    {
        var shots = plan.Plan.Draws.SelectMany(draw => draw.Shots).ToArray();
        var (keys, videos) = (shots.Select(shot => shot.Key).ToHashSet(StringComparer.Ordinal), shots.Select(shot => shot.Video).ToHashSet(StringComparer.Ordinal));
        var others = plan.RealFrames().Where(frame => frame.Video != plan.Plan.DriverVideo).ToArray();
        var untouched = others.Where(frame => !videos.Contains(frame.Video)).ToArray();
        FrameRecord[] chosen = untouched.Length > 0 ? untouched : [.. others.Where(frame => !keys.Contains(frame.Key))];
        var kept = Math.Min(MostFrames, chosen.Length);
        return (plan.Decode(Enumerable.Range(0, kept).Select(i => chosen[i * chosen.Length / kept])), untouched.Length == 0 && kept > 0);
    }
}
