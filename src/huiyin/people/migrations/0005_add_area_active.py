from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_add_access_tokens'),
    ]

    operations = [
        migrations.AddField(
            model_name='area',
            name='active',
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
