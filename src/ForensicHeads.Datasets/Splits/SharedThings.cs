namespace ForensicHeads.Datasets.Splits;

/// <summary>The things through which one person's frames can give away another's: videos, source files, groups, drivers.</summary>
internal static class SharedThings
{
    /// <summary>Every distinct pair of thing and person, in order of first appearance, with a frame that shows it.</summary>
    public static IEnumerable<(LeakKind Kind, string Name, string Identity, string Key)> Of(IReadOnlyList<FrameStore> stores)
    {
        var people = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var known = stores.SelectMany(store => store.Identities).ToHashSet(StringComparer.Ordinal);
        foreach (var frame in stores.SelectMany(store => store.Clips).Select(clip => clip.Row).Where(frame => frame.IsReal))
        {
            if (!people.TryGetValue(frame.Video, out var there)) people[frame.Video] = there = new(StringComparer.Ordinal);
            there.Add(frame.Identity);
        }

        var seen = new HashSet<(LeakKind, string, string)>();
        for (var i = 0; i < stores.Count; i++)
        {
            foreach (var (frame, key) in stores[i].Clips.Select(clip => (clip.Row, clip.FirstKey)))
            {
                // A video's name is unique within its store only; across stores the source file's hash tells.
                if (New(LeakKind.Video, $"{stores[i].Info.Name}:{frame.Video}", frame.Identity) is { } video) yield return (video.Item1,
                    video.Item2, video.Item3, key);
                if (frame.SourceSha256.Length > 0 && New(LeakKind.Video, "source " + frame.SourceSha256, frame.Identity)
                    is { } source) yield return (source.Item1, source.Item2, source.Item3, key);
                if (frame.Group.Length > 0 && New(LeakKind.Group, frame.Group, frame.Identity) is { } group) yield return (group.Item1,
                    group.Item2, group.Item3, key);
                foreach (var (name, shown) in Sources(frame))
                {
                    if (New(LeakKind.Driver, name, frame.Identity) is { } driven) yield return (driven.Item1, driven.Item2, driven.Item3,
                        key);
                    foreach (var person in shown)
                    {
                        if (New(LeakKind.Driver, name, person) is { } owner) yield return (owner.Item1, owner.Item2, owner.Item3,
                            key);
                    }
                }
            }
        }

        // What a generated frame was made from: its driver and its shots, and who is seen there.
        IEnumerable<(string Name, IEnumerable<string> People)> Sources(FrameRecord frame)
        {
            if (frame.DriverIdentity is { } person) yield return ("person " + person, known.Contains(person) ? [person] : []);
            foreach (var put in new[] { frame.TargetIdentity, frame.SourceIdentity }.OfType<string>())
                if (put != frame.Identity && put != frame.DriverIdentity) yield return ("person " + put, known.Contains(put) ? [put] : []);
            foreach (var video in frame.SourceVideos) yield return (video, people.GetValueOrDefault(video) ?? []);
        }

        (LeakKind, string, string)? New(LeakKind kind, string name, string identity) =>
            seen.Add((kind, name, identity)) ? (kind, name, identity) : null;
    }
}
