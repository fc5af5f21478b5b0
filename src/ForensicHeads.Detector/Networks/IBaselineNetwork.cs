namespace ForensicHeads.Detector.Networks;

/// <summary>A detector of others that ours is compared with: one picture of a face in, one number out.</summary>
public interface IBaselineNetwork : IDisposable
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Side in pixels that pictures are brought to.</summary>
    int Size { get; }

    /// <summary>A logit, higher = generated; which way is up was fixed before any picture was scored. May be called from several threads at once.</summary>
    /// <param name="face">A square picture of a face, of any size.</param>
    /// <exception cref="UserErrorException">The picture is not square.</exception>
    double Score(RgbImage face);
}
