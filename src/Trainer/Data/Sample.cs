namespace MlNetImageTranslation.Trainer;

/// <summary>One sample as the network sees it.</summary>
/// <param name="Source">The picture to translate.</param>
/// <param name="Target">What it should become (paired), or any picture of the other kind (unpaired).</param>
/// <param name="Name">For messages.</param>
internal sealed record Sample(RgbImage Source, RgbImage Target, string Name)
{
    /// <summary>Throws unless generators can run on these pictures.</summary>
    /// <exception cref="InvalidDataException">A side is no multiple of the number; the message names the sample.</exception>
    public void CheckSize(int multiple)
    {
        foreach (var picture in new[] { Source, Target })
            if (picture.Width % multiple != 0 || picture.Height % multiple != 0)
                throw new InvalidDataException($"'{Name}' is {picture.Size} when it comes to the generator, which needs sides that are multiples of {multiple}: choose another crop size, preprocess mode or generator.");
    }
}
